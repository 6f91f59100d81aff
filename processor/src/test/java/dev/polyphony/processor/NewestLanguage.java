/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

/** A model in the newest Java that compilers are tried with. */
public final class NewestLanguage {

    /** The version of Java from which on the model is as it is meant. */
    public static final int FEATURE = 25;

    private static final String MODEL =
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
            """;

    private NewestLanguage() {}

    /**
     * Returns the source of {@code acme.Net}.
     *
     * @param feature a version of Java, 21 or newer
     * @return the source, without what came after that version
     */
    public static String model(int feature) {
        return feature >= FEATURE
                ? MODEL
                : MODEL.replace("import module java.base;", "import java.util.*;")
                        .replace("Layer(_,", "Layer(var named,");
    }
}
