/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the cases that the tests of layers go through to the table of the documentation. */
class LayerTableTest {

    private static final Path PAGE = Path.of("../docs/layers.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| `Ensemble\\1` \\|");

    @Test
    void everyLayerHasACase() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> layers =
                ROW.matcher(page)
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(layers.size() > 10, "the table is not found");
        // has no parameters and no twin, but members must draw apart
        layers.add("Dropout");
        Set<String> cases =
                Arrays.stream(LayerCase.values())
                        .map(LayerCase::getLayer)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(layers, cases);
    }
}
