/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.plain;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** The processor is compiled for Java 17, but reads what newer compilers compile. */
@EnabledForJreRange(minVersion = 25)
class NewestLanguageTest {

    @Test
    void newSyntaxIsCopied() {
        Compilation compilation =
                compile(
                        plain(
                                """
                                package acme;

                                import module java.base;

                                import ai.djl.nn.*;
                                import ai.djl.nn.core.Linear;
                                import java.util.Map.Entry;

                                @dev.polyphony.Packed
                                public final class Net extends SequentialBlock {
                                    record Layer(Entry<String, Integer> named, int units) {}

                                    int size = 3;

                                    static int of(Object layer) {
                                        return switch (layer) {
                                            case Integer size -> size;
                                            default -> 1;
                                        };
                                    }

                                    public Net(Object layer) {
                                        List<Integer> widths = new ArrayList<>();
                                        if (layer instanceof Layer(Entry<String, Integer> named, var units)) {
                                            widths.add(units);
                                        }
                                        switch (layer) {
                                            case Integer width when width > 3 -> widths.add(width);
                                            case Layer(_, int units) -> widths.add(units);
                                            default -> widths.add(1);
                                        }
                                        for (int width : widths) {
                                            add(Linear.builder().setUnits(width).build());
                                        }
                                    }
                                }
                                """));

        assertClean(compilation);
        String network = generated(compilation, "PackedNet");
        assertTrue(
                network.contains("import java.util.ArrayList;\nimport java.util.List;"), network);
        assertTrue(
                network.contains("layer instanceof Net.Layer(Map.Entry<String, Integer>"), network);
    }
}
