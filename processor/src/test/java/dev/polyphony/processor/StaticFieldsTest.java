/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Networks.LINEAR;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.assertHasNot;
import static dev.polyphony.processor.Networks.packed;

import org.junit.jupiter.api.Test;

/** Static fields: the copy uses the model's own, so that it sees what is written there. */
class StaticFieldsTest {

    @Test
    void theCopyUsesTheModelsOwnVariables() {
        String network =
                packed(
                        """
                            /** Set by callers. */
                            public static int width = 3; // features

                            static int made, kept = 1;
                            static final ThreadLocal<String> NAME = ThreadLocal.withInitial(() -> "net");

                            @SuppressWarnings("static")
                            public Net() {
                                made++;
                                Net.kept = Net.this.made + this.kept;
                                String name = NAME.get().strip();
                                add(Linear.builder().setUnits(width + Net.width).build());
                                for (int width = 0; width < 3; width++) {
                                    name += width;
                                }
                            }

                            static class Unit extends SequentialBlock {
                                private int made;
                                Unit(int kept) {
                                    made = kept;
                                    add(Linear.builder().setUnits(width).build());
                                }
                            }
                        """);

        assertHas(
                network,
                "Net.made++;",
                "Net.kept = Net.made + Net.kept;",
                "Net.NAME.get().strip()",
                ".setUnits(Net.width + Net.width)",
                "for (int width = 0; width < 3; width++) {",
                "name += width;",
                "    made = kept;\n                add(EnsembleLinear.builder(FORM).setUnits(Net.width).build());");
        for (String gone : new String[] {"static int", "ThreadLocal", "Set by", "// features"}) {
            assertHasNot(network, gone);
        }
    }

    @Test
    void constantsAndWhatHoldsLayersAreCopied() {
        String network =
                packed(
                        """
                            private static final int WIDTH = 3;
                            static final Supplier<Block> HEAD = () -> Linear.builder().setUnits(1).build();
                            static final int LATER;
                            static { LATER = 4; }
                            public Net() { add(HEAD.get()); int width = WIDTH + LATER; %s }
                        """
                                .formatted(LINEAR));

        assertHas(
                network,
                "private static final int WIDTH = 3;",
                "HEAD = () -> EnsembleLinear.builder(FORM).setUnits(1).build();",
                "static final int LATER;",
                "add(HEAD.get()); int width = WIDTH + LATER;");
    }

    @Test
    void labelsAndAttributesAreNoFields() {
        String network =
                packed(
                        """
                            enum Mode { WIDE, WIDEST, value }
                            static final int WIDE = 3;
                            static final List<Integer> WIDEST = List.of(WIDE);
                            static final String value = "unchecked", other = "serial";
                            @SuppressWarnings(value = value)
                            public Net(Mode mode, int width) {
                                switch (mode) {
                                    case WIDE: case WIDEST: case value: break;
                                    default: throw new AssertionError(WIDEST + other);
                                }
                                @SuppressWarnings(other) Object o = null;
                                switch (width) { case WIDE -> {} default -> {} }
                                %s
                            }
                        """
                                .formatted(LINEAR));

        assertHas(
                network,
                "static final int WIDE = 3;",
                "case WIDE: case WIDEST: case value: break;",
                "new AssertionError(Net.WIDEST + other);",
                "switch (width) { case WIDE -> {} default -> {} }",
                "@SuppressWarnings(value = value)",
                "@SuppressWarnings(other) Object o");
    }

    @Test
    void aParameterMayHaveTheNameOfTheForm() {
        String network =
                packed("public Net(int FORM) { add(Linear.builder().setUnits(FORM).build()); }");

        assertHas(
                network,
                "super(PackedNet.FORM, new Network(FORM));",
                "EnsembleLinear.builder(PackedNet.FORM).setUnits(FORM)");
    }
}
