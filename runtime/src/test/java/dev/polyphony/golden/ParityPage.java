/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    private static final Map<String, GoldenCase> CASES = new TreeMap<>();

    private ParityPage() {}

    /** Adds a case whose outputs have been compared; fails if the page says otherwise of it. */
    static synchronized void add(GoldenCase golden) {
        if (!GoldenSet.isOwn()) {
            return;
        }
        if (!Boolean.getBoolean("polyphony.update")) {
            ParityRows.read(FILE).requireUpToDate(golden);
            return;
        }
        CASES.put(golden.getId(), golden);
        if (CASES.keySet().containsAll(compared())) {
            try {
                Files.writeString(FILE, ParityText.of(CASES.values()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the cases, their outputs and the differences that the page does not name. */
    static Set<String> missingNames() {
        try {
            String page = Files.readString(FILE);
            Set<String> names = new TreeSet<>(compared().stream().map(id -> "| `" + id).toList());
            Arrays.stream(Difference.values()).map(Difference::getReason).forEach(names::add);
            Arrays.stream(Information.values()).map(Information::getReason).forEach(names::add);
            outputs().map(ParityText::result).map(ParityText::code).forEach(names::add);
            names.removeIf(page::contains);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the page has other cases, or its head counts others than its rows. */
    static void requireCounts() {
        ParityRows.read(FILE).requireCounts(Set.copyOf(compared()));
    }

    private static Stream<String> outputs() {
        return GoldenSet.entries().stream()
                .map(entry -> entry.getAsJsonObject("arrays"))
                .flatMap(
                        arrays ->
                                arrays.keySet().stream()
                                        .filter(
                                                array ->
                                                        arrays.getAsJsonObject(array)
                                                                .get("role")
                                                                .getAsString()
                                                                .equals("output")));
    }

    private static List<String> compared() {
        return GoldenSet.entries().stream()
                .filter(entry -> GoldenKind.of(entry).stream().allMatch(GoldenKind::isDriven))
                .map(GoldenSet::id)
                .toList();
    }
}
