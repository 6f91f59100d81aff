/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.LINEAR;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.packed;

import com.google.testing.compile.Compilation;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** How the user's text looks in the generated network. */
class NetworkTextTest {

    @Test
    void commentsAndBlankLinesStay() {
        String network =
                packed(
                        """
                        // before all

                        /** A field. */
                        private int field = 1; // beside

                        /* a block
                         * of lines */
                        /** The constructor's. */
                        @Deprecated
                        public Net() {
                            add(Linear.builder() // the widest
                                    .setUnits(3)

                                    .build());
                            /* last */
                        }
                        """);

        assertHas(
                network,
                """
                    private static final class Network extends SequentialBlock {

                        // before all

                        /** A field. */
                        private int field = 1; // beside

                        /* a block
                         * of lines */
                        @Deprecated
                        Network() {
                            add(EnsembleLinear.builder(FORM) // the widest
                                    .setUnits(3)

                                    .build());
                            /* last */
                        }
                    }
                """
                        .indent(0),
                "    /** The constructor's. */\n    @Deprecated\n    public PackedNet() {");
    }

    @Test
    void parametersThatGetTooLongGoToTheNextLine() {
        String header =
                "        private static Linear chosen(Linear.Builder first, Linear second, String %s) {\n";
        String network =
                packed(
                        "        public Net() {\n            "
                                + LINEAR
                                + "\n        }\n"
                                + header.formatted("thatIsLong")
                                + "            return second;\n        }\n"
                                + header.formatted("s")
                                        .replace("chosen", "fits")
                                        .replace("Linear second, ", "")
                                + "            return null;\n        }");

        assertHas(
                network,
                """
                        private static EnsembleLinear chosen(
                                EnsembleLinear.Builder first, EnsembleLinear second, String thatIsLong) {
                            return second;
                """,
                "        private static EnsembleLinear fits(EnsembleLinear.Builder first, String s) {\n");
    }

    @Test
    void textBlocksKeepTheirValue() {
        String network =
                packed(
                        "    public Net() {\n        "
                                + LINEAR
                                + "\n        String text = \"\"\"\n    flush $T $L\n          deeper\n    \"\"\";\n    }");

        assertHas(network, "\"\"\"\n        flush $T $L\n              deeper\n        \"\"\";");
    }

    @Test
    void codeInTextBlocksIsNotPrintedAnew() {
        String text =
                """
                        String text = ""\"
                                /**
                                 * Of \\""\" the text.
                                 */
                                public Text() {
                                }
                                ""\";
                """;
        String network = packed("    public Net() {\n        " + LINEAR + "\n" + text + "    }");

        assertHas(network, text.indent(4));
    }

    @Test
    void tabsAndWindowsLineEndsBecomeOurs() {
        JavaFileObject net =
                net("@Packed", "\tpublic Net() {\r\n\t\t" + LINEAR + "\r\n\t\t// done\r\n\t}");
        Compilation compilation = compile(net);

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                "        Network() {\n            add(EnsembleLinear",
                "\n            // done\n        }\n");
    }

    @Test
    void commentsStayWhereTheyWere() {
        Compilation compilation =
                compile(
                        source(
                                """
                                @Packed
                                public final class Net extends SequentialBlock { // of the body
                                    public Net() { // of the constructor
                                        add(Linear // the layer
                                                /* its */ .builder(/* nothing */)
                                                .setUnits(3).build());
                                    }
                                }
                                """));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                """
                        // of the body
                        Network() { // of the constructor
                            add(EnsembleLinear // the layer
                                    /* its */ .builder(FORM/* nothing */)
                                    .setUnits(3).build());
                        }
                """
                        .indent(0));
    }

    @Test
    void longSignaturesAndCallsAreBroken() {
        String network =
                packed(
                        """
                            public Net(int numberOfUnits, Map<String, List<Integer>> widthsOfTheLayers, String nameOfIt)
                                    throws IllegalStateException {
                                add(Linear.builder().setUnits(numberOfUnits).build());
                            }
                        """);

        assertHas(
                network,
                """
                    public PackedNet(
                            int numberOfUnits, Map<String, List<Integer>> widthsOfTheLayers, String nameOfIt)
                            throws IllegalStateException {
                        super(FORM, new Network(numberOfUnits, widthsOfTheLayers, nameOfIt));
                    }
                """);
    }

    @Test
    void chainsThatGetTooLongAreBroken() {
        String network =
                packed(
                        """
                            public Net() {
                                add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(64).build());
                                add(Linear.builder().setUnits(10).build());
                            }
                        """);

        assertHas(
                network,
                """
                            add(EnsembleConv2d.builder(FORM)
                                    .setKernelShape(new Shape(3, 3))
                                    .setFilters(64)
                                    .build());
                            add(EnsembleLinear.builder(FORM).setUnits(10).build());
                """);
    }

    @Test
    void aVectorizedDeepEnsembleHasLayersForAllMembers() {
        Compilation compilation =
                compile(
                        net(
                                "@DeepEnsemble(m = 3, vectorized = true)",
                                "public Net() { " + LINEAR + " }"));

        assertHas(
                generated(compilation, "DeepEnsembleNet"),
                "as a deep ensemble: three members, each a model of its own",
                "{@code Linear(3)}: one for each member",
                "FORM = DeepEnsembleForm.of(3).vectorized(true);",
                "super(FORM, new Network());",
                "add(EnsembleLinear.builder(FORM).setUnits(3).build());");
        // members can be trained in processes, as plain models
        assertHas(
                generated(compilation, "DeepEnsembleNetHarness"),
                "NetworkSupplier<? extends Block> model",
                "() -> new Net()");
    }
}
