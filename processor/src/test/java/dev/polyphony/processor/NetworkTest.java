/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.plain;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What the generated network makes of the user's code. */
class NetworkTest {

    private static final String LINEAR = "add(Linear.builder().setUnits(3).build());";

    /** Compiles a packed model with the given members and returns the generated network. */
    private static String packed(String members, JavaFileObject... others) {
        JavaFileObject[] all = new JavaFileObject[others.length + 1];
        all[0] = net("@Packed(m = 4)", members);
        System.arraycopy(others, 0, all, 1, others.length);
        Compilation compilation = compile(all);
        assertClean(compilation);
        return generated(compilation, "PackedNet");
    }

    private static void assertHas(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "no '" + part + "' in\n" + text);
        }
    }

    private static void assertHasNot(String text, String part) {
        assertFalse(text.contains(part), () -> "'" + part + "' in\n" + text);
    }

    @Test
    void layersAreSubstitutedWhereverTheyAreNamed() {
        String network =
                packed(
                        """
                        private Linear last;
                        private final Map<String, Conv1d> convolutions = new HashMap<>();
                        public Net() {
                            Linear.Builder builder = Linear.builder().optBias(false);
                            var norm = LayerNorm.builder();
                            BatchNorm.BaseBuilder<?> other = BatchNorm.builder();
                            last = builder.setUnits(4).build();
                            Supplier<Linear.Builder> make = Linear::builder;
                            if (last instanceof Linear && (Object) last instanceof Linear same) {
                                add(same).add(norm.build()).add(other.build());
                            }
                            add(make.get().setUnits(1).build());
                            add(ai.djl.nn.core.Linear.builder().setUnits(2).build());
                            Class<?> type = Conv3d.class;
                        }
                        """);

        assertHas(
                network,
                "private EnsembleLinear last;",
                "Map<String, EnsembleConv1d>",
                "EnsembleLinear.Builder builder = EnsembleLinear.builder(FORM).optBias(false);",
                "var norm = EnsembleLayerNorm.builder(FORM);",
                "EnsembleBatchNorm.Builder other = EnsembleBatchNorm.builder(FORM);",
                "Supplier<EnsembleLinear.Builder> make = () -> EnsembleLinear.builder(FORM);",
                "last instanceof EnsembleLinear && (Object) last instanceof EnsembleLinear same",
                "add(EnsembleLinear.builder(FORM).setUnits(2).build());",
                "EnsembleConv3d.class");
        assertHasNot(network, "ai.djl.nn.core.Linear");
    }

    @Test
    void layersWithoutParametersStay() {
        String network =
                packed(
                        "public Net() { "
                                + LINEAR
                                + " add(Dropout.builder().optRate(0.1f).build()); add(new LambdaBlock(x -> x));"
                                + " add(new ParallelBlock(list -> list.get(0)).add(new SequentialBlock()));"
                                + " add(Activation.reluBlock()); add(Pool.globalAvgPool2dBlock());"
                                + " add(Blocks.batchFlattenBlock()); }");

        assertHas(network, "Dropout.builder().optRate(0.1f)", "new LambdaBlock(x -> x)");
    }

    @Test
    void theModelsOwnNameBecomesTheNetworks() {
        String network =
                packed(
                        """
                        private final int classes;
                        Net(int classes) { this.classes = classes; add(Net.head(Net.this.classes)); }
                        public Net() { this(10); }
                        static Block head(int units) { return Linear.builder().setUnits(units).build(); }
                        boolean same(Object other) { return other instanceof Net net && net.classes == classes; }
                        """);

        assertHas(
                network,
                "Network(int classes) {",
                "add(Network.head(Network.this.classes))",
                "Network() { this(10); }",
                "other instanceof Network net",
                "PackedNet(int classes) {\n        super(FORM, new Network(classes));",
                "public PackedNet() {\n        super(FORM, new Network());");
    }

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
    void textBlocksKeepTheirValue() {
        String network =
                packed(
                        "    public Net() {\n        "
                                + LINEAR
                                + "\n        String text = \"\"\"\n    flush $T $L\n          deeper\n    \"\"\";\n    }");

        assertHas(network, "\"\"\"\n        flush $T $L\n              deeper\n        \"\"\";");
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
    void nestedTypesThatCallersUseAreNotCopied() {
        String network =
                packed(
                        """
                        /** For callers. */
                        public record Config(int width, Mode mode) {}

                        /** For callers as well. */
                        public enum Mode { PLAIN, WIDE }

                        /** A unit. */
                        static class Unit extends SequentialBlock {
                            Unit(Config config) { add(Linear.builder().setUnits(config.width()).build()); }
                        }

                        private interface Maker { Block make(); }

                        public Net(Config config) {
                            Maker maker = () -> new Unit(config);
                            add(config.mode() == Mode.WIDE ? maker.make() : new Net.Unit(config));
                        }
                        """);

        assertHas(
                network,
                "public PackedNet(Net.Config config) {",
                "Network(Net.Config config) {",
                "Net.Mode.WIDE ? maker.make() : new Unit(config)",
                "static class Unit extends SequentialBlock {\n            Unit(Net.Config config)",
                "private interface Maker");
        assertHasNot(network, "record Config");
        assertHasNot(network, "For callers");
    }

    @Test
    void nestedTypesWhosePrivateMembersAreUsedAreCopied() {
        String network =
                packed(
                        """
                        public Net() { add(Linear.builder().setUnits(Widths.of(3).last).build()); }

                        static final class Widths {
                            private final int last;
                            private Widths(int last) { this.last = last; }
                            static Widths of(int last) { return new Widths(last); }
                        }
                        """);

        assertHas(network, "static final class Widths {", "setUnits(Widths.of(3).last)");
    }

    @Test
    void collidingNamesStayApart() {
        String network =
                packed(
                        """
                        /** Not DJL's. */
                        private static final class Shape {
                            final int units = 4;
                        }
                        private static class Network { }
                        private static final int FORM = 3;
                        public Net(other.Linear wide, other.Ensemble ensemble, EnsembleLinear own) {
                            int Activation = new Shape().units + FORM;
                            add(Linear.builder().setUnits(Activation).build());
                            add(list -> list.singletonOrThrow().reshape(new ai.djl.ndarray.types.Shape(-1, 4)).getManager() == null ? list : list);
                            new Network();
                        }
                        """,
                        plain("package other;\npublic class Linear {}"),
                        plain("package other;\npublic class Ensemble {}"),
                        plain("package acme;\npublic class EnsembleLinear {}"));

        assertHas(
                network,
                "class Copy extends SequentialBlock",
                "new ai.djl.ndarray.types.Shape(-1, 4)",
                "new Shape().units + FORM",
                ".builder(PackedNet.FORM)");
    }

    @Test
    void constructorsAreMirroredExactly() {
        String network =
                packed(
                        """
                        /**
                         * The first.
                         *
                         * @param <T> any
                         * @param width the width, {@code $L} or not
                         */
                        @SafeVarargs
                        protected <T extends Comparable<T>> Net(
                                @SuppressWarnings("w") int width, final Map<String, ? super T> map, T... more)
                                throws IllegalStateException, Error {
                            add(Linear.builder().setUnits(width).build());
                        }
                        Net(int[] widths, double rate) { this(3, Map.<String, String>of()); }
                        private Net(String hidden) { this(new int[0], 1); }
                        """);

        assertHas(
                network,
                "    /**\n     * The first.\n     *\n     * @param <T> any\n     * @param width the width, {@code $L} or not\n     */",
                "    @SafeVarargs\n    @SuppressWarnings(\"varargs\")\n    protected <T extends Comparable<T>> PackedNet(@SuppressWarnings(\"w\") int width,",
                "Map<String, ? super T> map, T... more)",
                "throws IllegalStateException, Error {\n        super(FORM, new Network(width, map, more));",
                "    PackedNet(int[] widths, double rate) {",
                "private Network(String hidden) {");
        assertHasNot(network, "PackedNet(String hidden)");
    }

    @Test
    void theImplicitConstructorCounts() {
        String network = packed("{ " + LINEAR + " }");

        assertHas(
                network, "public PackedNet() {", "super(FORM, new Network());", "create(Arguments");
    }

    @Test
    void visibilityIsTheModels() {
        Compilation compilation =
                compile(
                        source(
                                "@Packed @DeepEnsemble\nclass Net extends SequentialBlock { Net() { "
                                        + LINEAR
                                        + " } }"));

        assertClean(compilation);
        for (String name :
                List.of(
                        "PackedNet",
                        "PackedNetHarness",
                        "DeepEnsembleNet",
                        "DeepEnsembleNetHarness",
                        "NetComparison")) {
            assertHas(generated(compilation, name), "\nfinal class " + name + " extends");
        }
    }

    @Test
    void staticImportsAreCarried() {
        Compilation compilation =
                compile(
                        plain(
                                """
                                package acme;

                                import static ai.djl.nn.core.Linear.builder;
                                import static java.lang.Math.*;
                                import static java.util.Map.Entry.comparingByKey;

                                import ai.djl.nn.SequentialBlock;

                                @dev.polyphony.Packed
                                public final class Net extends SequentialBlock {
                                    public Net(int width) {
                                        add(builder().setUnits(max(width, (int) PI)).build());
                                        comparingByKey();
                                    }
                                }
                                """));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                "import static java.lang.Math.PI;\nimport static java.lang.Math.max;\n"
                        + "import static java.util.Map.Entry.comparingByKey;\n",
                "add(EnsembleLinear.builder(FORM).setUnits(max(width, (int) PI)).build());");
    }

    @Test
    void parallelBlocksAreModelsToo() {
        Compilation compilation =
                compile(
                        source(
                                """
                                @Packed
                                public final class Net extends ParallelBlock {
                                    public Net() {
                                        super(list -> list.get(0));
                                        add(Linear.builder().setUnits(3).build());
                                    }
                                }
                                """));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                "class Network extends ParallelBlock {",
                "super(list -> list.get(0));");
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
    void theUnnamedPackageWorks() {
        Compilation compilation =
                compile(
                        plain(
                                "import ai.djl.nn.*;\n@dev.polyphony.Mimo\npublic final class Net extends"
                                        + " SequentialBlock { public Net() {"
                                        + " add(ai.djl.nn.core.Linear.builder().setUnits(1).build()); } }"));

        assertClean(compilation);
        assertTrue(compilation.generatedSourceFile("MimoNet").isPresent());
    }

    @Test
    void suppressedWarningsStaySuppressed() {
        String text =
                """
                @Packed
                @SuppressWarnings("rawtypes")
                public final class Net extends SequentialBlock {
                    public Net(List raw) { add(Linear.builder().setUnits(raw.size()).build()); }
                }
                """;
        assertClean(compile(source(text)));
    }

    @Test
    void genericCodeLambdasAndLocalTypesAreLeftAlone() {
        String network =
                packed(
                        """
                        public Net() {
                            record Pair<A, B>(A left, B right) {}
                            enum Width { NARROW, WIDE; int units() { return this == WIDE ? 8 : 4; } }
                            Function<Width, Block> layer = width -> switch (width) {
                                case NARROW, WIDE -> Linear.builder().setUnits(width.units()).build();
                            };
                            for (var width : Width.values()) {
                                Pair<Width, Block> pair = new Pair<>(width, layer.apply(width));
                                add(pair.right());
                            }
                            Runnable print = new Runnable() {
                                private final List<String> lines = new ArrayList<>();
                                @Override public void run() { lines.forEach(System.out::println); }
                            };
                            print.run();
                            try { first(List.of(1)); } catch (IllegalStateException | IllegalArgumentException e) { throw e; }
                        }
                        private static <T, E extends RuntimeException> T first(List<? extends T> list) throws E {
                            return list.get(0);
                        }
                        """);

        assertHas(
                network,
                "record Pair<A, B>(A left, B right) {}",
                "case NARROW, WIDE -> EnsembleLinear.builder(FORM).setUnits(width.units()).build();",
                "new Runnable() {");
    }

    @Test
    void settingsAndNamesAreThoseOfTheAnnotations() {
        Compilation compilation =
                compile(
                        net(
                                "@Packed(m = 2, name = \"Narrow\", gamma = 2)\n@Mimo\n"
                                        + "@BatchEnsemble(m = 3, split = BatchSplit.SUB_BATCH)\n@Packed(alpha = 1.5)",
                                "public Net() { " + LINEAR + " }"));

        assertClean(compilation);
        assertHas(generated(compilation, "Narrow"), "PackedForm FORM = PackedForm.of(2).gamma(2);");
        assertHas(generated(compilation, "PackedNet"), "PackedForm.of(4).alpha(1.5);");
        assertHas(generated(compilation, "MimoNet"), "MimoForm FORM = MimoForm.of(3);");
        assertHas(
                generated(compilation, "BatchEnsembleNet"),
                "BatchEnsembleForm.of(3).split(BatchSplit.SUB_BATCH);");
        assertHas(generated(compilation, "NarrowHarness"), "super(\"Net, Narrow\", network");
        assertHas(generated(compilation, "PackedNetHarness"), "super(\"Net, packed\", network");
        assertHas(generated(compilation, "MimoNetHarness"), "super(\"Net, MIMO\", network");
        assertHas(
                generated(compilation, "NetComparison"),
                "NarrowHarness.of(),\n                        MimoNetHarness.of(),\n"
                        + "                        BatchEnsembleNetHarness.of(),\n"
                        + "                        PackedNetHarness.of()));");
    }

    @Test
    void constructorsFromPlainValuesGiveFactoryAndMain() {
        String members =
                """
                public Net(int a, long b, float c, double d, boolean e, String f, int[] g, Size h) { this(a); }
                public Net(int a) { add(Linear.builder().setUnits(a).build()); }
                public Net(List<String> none) { this(1); }
                public enum Size { S, L }
                """;
        Compilation compilation = compile(net("@Packed", members));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                "if (arguments.has(\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\")) {",
                "arguments.getEnum(\"h\", Net.Size.class));",
                "            return new PackedNet(arguments.getInt(\"a\"));");
        assertHas(
                generated(compilation, "PackedNetHarness"),
                "HarnessCommand.run(args, PackedNetHarness::from);",
                "return of(arguments.getInt(\"a\"));");
        assertHas(
                generated(compilation, "NetComparison"),
                "ComparisonCommand.run(args, NetComparison::from);");
    }

    @Test
    void withoutPlainValuesThereIsNoFactoryAndNoMain() {
        Compilation compilation =
                compile(net("@Packed", "public Net(List<String> names) { " + LINEAR + " }"));

        assertClean(compilation);
        assertHasNot(generated(compilation, "PackedNet"), "Factory");
        assertHasNot(generated(compilation, "PackedNetHarness"), "main");
        assertHasNot(generated(compilation, "NetComparison"), "main");
    }

    @Test
    void theDocumentationSaysWhatBecameOfTheLayers() {
        String members =
                "public Net(int width) { add(Conv2d.builder().setKernelShape(new Shape(1,"
                        + " 1)).setFilters(width * 2).build()); add(BatchNorm.builder().build());"
                        + " add(Linear.builder().setUnits(10).build()); }";
        Compilation compilation =
                compile(
                        net(
                                "@Packed(m = 3, alpha = 2, gamma = 4) @Mimo(m = 1) @SubEnsemble",
                                members));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                " * {@link Net} as a Packed-Ensemble: three members in one network ({@code alpha = 2, gamma = 4}).",
                "<li>{@code Conv2d(width * 2)}: three times {@code (width * 2) * 2 / 3} wide",
                "<li>{@code BatchNorm}: scales, shifts and statistics of its own for each member",
                "<li>{@code Linear(10)}: three times 8 wide");
        assertHas(generated(compilation, "MimoNet"), ": one member inside", "as it is");
        assertHas(
                generated(compilation, "SubEnsembleNet"),
                "{@code Linear(10)}: shared; one for each");
    }

    @Test
    void aDeepEnsembleUsesTheModelItself() {
        Compilation compilation =
                compile(
                        net(
                                "@DeepEnsemble",
                                "public Net(int a) { add(Linear.builder().setUnits(a).build()); }"));

        assertClean(compilation);
        String network = generated(compilation, "DeepEnsembleNet");
        assertHas(network, "super(FORM, () -> new Net(a));");
        assertEquals(-1, network.indexOf("Network"));
    }
}
