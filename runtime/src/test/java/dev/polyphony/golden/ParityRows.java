/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of results on the page, held against the cases. Which number of a result came closest to
 * its tolerance, and how close, is another on another CPU; what it stands for is not.
 */
final class ParityRows {

    private static final String STALE = "docs/parity.md is stale, see its header: ";

    private static final Pattern ROW =
            Pattern.compile(
                    "\\| (?:`([^`]+)`)? ?\\| `([^`]+)` \\| (\\d+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\|");

    private static final Pattern COUNTS = Pattern.compile("(\\d+) cases with (\\d+) numbers");

    private record Row(int numbers, String reference, double difference, String allowed) {}

    private final String page;
    private final Map<String, Map<String, Row>> cases = new TreeMap<>();

    private ParityRows(String page) {
        this.page = page;
        String name = "";
        for (String line : page.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                name = row.group(1) == null ? name : row.group(1);
                Row before =
                        cases.computeIfAbsent(name, any -> new TreeMap<>())
                                .put(
                                        row.group(2),
                                        new Row(
                                                Integer.parseInt(row.group(3)),
                                                row.group(4),
                                                Double.parseDouble(row.group(6)),
                                                row.group(7)));
                assertTrue(before == null, STALE + line + " is there twice");
            }
        }
    }

    static ParityRows read(Path file) {
        try {
            return new ParityRows(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the rows of a case are its results. */
    void requireUpToDate(GoldenCase golden) {
        Map<String, List<GoldenCase.Check>> results = ParityText.results(golden);
        Map<String, Row> rows = cases.getOrDefault(golden.getId(), Map.of());
        String of = STALE + golden.getId();
        assertEquals(results.keySet(), rows.keySet(), of);
        results.forEach(
                (result, checks) -> {
                    Row row = rows.get(result);
                    String what = of + ", " + result;
                    int numbers = checks.stream().mapToInt(GoldenCase.Check::size).sum();
                    assertEquals(numbers, row.numbers, what);
                    Set<String> possible = new HashSet<>();
                    double most = 0;
                    for (GoldenCase.Check check : checks) {
                        for (GoldenCase.Check one : golden.getPossible(check.array())) {
                            possible.add(text(ParityText.number(one.golden()), one));
                            most = Math.max(most, one.allowed());
                        }
                    }
                    String shown = row.reference + ", allowed " + row.allowed;
                    assertTrue(
                            possible.contains(shown) || possible.isEmpty(),
                            () -> what + ": the reference has no " + shown);
                    // in one digit, as it is shown
                    assertTrue(row.difference <= 1.5 * most, what + ": more than is allowed");
                });
    }

    private static String text(String reference, GoldenCase.Check check) {
        return reference + ", allowed " + ParityText.allowed(check);
    }

    /** Fails unless there are rows of these cases and no others, as many as the head says. */
    void requireCounts(Set<String> compared) {
        assertEquals(cases.keySet(), compared, STALE + "cases");
        int numbers =
                cases.values().stream()
                        .flatMap(rows -> rows.values().stream())
                        .mapToInt(Row::numbers)
                        .sum();
        Matcher counts = COUNTS.matcher(page);
        assertTrue(counts.find(), STALE + "no counts");
        assertEquals(cases.size() + " " + numbers, counts.group(1) + " " + counts.group(2), STALE);
    }
}
