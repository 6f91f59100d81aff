/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The page of the references' results and ours. With {@code -Dpolyphony.update=true} it is written
 * once all cases have been compared.
 */
final class ParityPage {

    private static final Path FILE = Path.of("../docs/parity.md");

    private static final Map<String, List<GoldenCase.Check>> CHECKS = new TreeMap<>();

    private static final Map<Difference, Set<String>> DIFFERENCES = new TreeMap<>();

    private ParityPage() {}

    /** Adds a case whose outputs have been compared. */
    static synchronized void add(GoldenCase golden) {
        CHECKS.put(golden.getId(), new ArrayList<>(golden.getChecks()));
        golden.getDifferences()
                .forEach(
                        (difference, arrays) ->
                                arrays.forEach(
                                        array ->
                                                DIFFERENCES
                                                        .computeIfAbsent(
                                                                difference, any -> new TreeSet<>())
                                                        .add(
                                                                "`%s` of `%s`"
                                                                        .formatted(
                                                                                array,
                                                                                golden.getId()))));
        if (GoldenSet.isOwn()
                && Boolean.getBoolean("polyphony.update")
                && CHECKS.keySet().containsAll(compared())) {
            try {
                Files.writeString(FILE, text());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the cases and differences that the page does not name. */
    static Set<String> missingNames() {
        try {
            String page = Files.readString(FILE);
            Set<String> names = new TreeSet<>(compared().stream().map(id -> "| `" + id).toList());
            Arrays.stream(Difference.values()).map(Difference::getReason).forEach(names::add);
            names.removeIf(page::contains);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> compared() {
        return GoldenSet.entries().stream()
                .filter(entry -> GoldenKind.of(entry).stream().allMatch(GoldenKind::isDriven))
                .map(GoldenSet::id)
                .toList();
    }

    private static String text() {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Parity with the references

                <!-- Written by mvn -pl runtime -am test -Dtest='Golden*' -Dsurefire.failIfNoSpecifiedTests=false -Dpolyphony.update=true -->

                Numbers that the public implementations of the methods gave for stored inputs and parameters, and what Polyphony
                gives for the same. A case holds whole arrays: outputs of layers, gradients, masks, losses of every step,
                parameters at the end of a training. The tests `Golden*Test` compare each number of each output with the tolerance
                of the case; the tables show where a case came closest to its tolerance, on one CPU. *exact* means equal.

                ## Cases

                | case | numbers | array | reference | ours | difference | allowed |
                |---|---|---|---|---|---|---|
                """);
        CHECKS.forEach((id, checks) -> page.append(row(id, checks)));
        page.append(
                """

                ## Single results

                Where the reference's result is one number.

                | result | of | reference | ours | allowed |
                |---|---|---|---|---|
                """);
        CHECKS.forEach(
                (id, checks) ->
                        checks.stream()
                                .filter(check -> check.size() == 1)
                                .map(check -> single(id, check))
                                .forEach(page::append));
        page.append(
                """

                ## Deliberate differences

                | the reference | results, in whole or in part | what ours is compared with |
                |---|---|---|
                """);
        for (Difference difference : Difference.values()) {
            Set<String> results = DIFFERENCES.getOrDefault(difference, Set.of("all are matched"));
            page.append(
                    "| %s | %s | %s |\n"
                            .formatted(
                                    difference.getReason(),
                                    String.join(", ", results),
                                    difference.getProof()));
        }
        return page.append(rest()).toString();
    }

    private static String row(String id, List<GoldenCase.Check> checks) {
        int numbers = checks.stream().mapToInt(GoldenCase.Check::size).sum();
        GoldenCase.Check worst =
                checks.stream()
                        .max(Comparator.comparingDouble(ParityPage::share))
                        .orElseThrow(() -> new AssertionError(id + " compares nothing"));
        return "| `%s` | %d | `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        id,
                        numbers,
                        worst.array(),
                        number(worst.golden()),
                        number(worst.value()),
                        difference(worst),
                        worst.allowed() == 0 ? "exact" : small(worst.allowed()));
    }

    private static String single(String id, GoldenCase.Check check) {
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        check.array(),
                        id,
                        number(check.golden()),
                        number(check.value()),
                        check.allowed() == 0 ? "exact" : small(check.allowed()));
    }

    private static double share(GoldenCase.Check check) {
        return check.share();
    }

    private static String difference(GoldenCase.Check check) {
        double difference = Math.abs(check.value() - check.golden());
        return difference == 0 ? "0" : small(difference);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.6f", value);
    }

    private static String small(double value) {
        return String.format(Locale.ROOT, "%.0e", value);
    }

    private static String rest() {
        return """

                ## Defects of the references

                The cases hold the right values next to what the references give; these are the right ones.

                - torch-uncertainty's packed attention mixes the members where two of query, key and value are one array
                  (`y_self_correct`, `y_encdec_correct`).
                - Its coverage at a risk is not a number below a coverage of about one half (`cov_at_*`).
                - Its detection scores are changed by the batches they come in, through a sigmoid of torchmetrics (`ood_*`).
                - Notebook 000 leaves confidences of exactly 1 out of the calibration error: that is a rule of bins of its own
                  here (`ece*_seed000`), and not the one of reports.
                - DJL's Adam adds epsilon before the bias correction; ours is PyTorch's (`loss_adam`, `final_adam.*`).

                ## Not compared

                Transposed convolutions, which DJL's PyTorch engine does not have: %s.

                """
                .formatted(
                        list(
                                GoldenSet.entries().stream()
                                        .filter(
                                                entry ->
                                                        GoldenKind.of(entry)
                                                                .contains(
                                                                        GoldenKind
                                                                                .TRANSPOSED_CONVOLUTION))));
    }

    private static String list(Stream<JsonObject> entries) {
        return String.join(", ", entries.map(GoldenSet::id).map(id -> "`" + id + "`").toList());
    }
}
