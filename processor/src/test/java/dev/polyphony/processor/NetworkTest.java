/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.plain;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.LINEAR;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.assertHasNot;
import static dev.polyphony.processor.Networks.packed;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.api.Test;

/** What the generated network makes of the user's types and names. */
class NetworkTest {

    @Test
    void buildersAndConstructorsOfSequenceLayersTakeTheForm() {
        String network =
                packed(
                        """
                        public Net() {
                            LSTM.Builder builder = new LSTM.Builder();
                            RNN.Activation activation = RNN.Activation.TANH;
                            add(builder.setStateSize(8).setNumLayers(1).build());
                            Supplier<GRU.Builder> make = GRU.Builder::new;
                            add(RNN.builder().setStateSize(4).setNumLayers(1).setActivation(activation).build());
                            add(new Prelu()).add(Activation.preluBlock());
                            Supplier<Block> slope = Prelu::new;
                        }
                        """);

        assertHas(
                network,
                "EnsembleLSTM.Builder builder = EnsembleLSTM.builder(FORM);",
                "RNN.Activation activation = RNN.Activation.TANH;",
                "Supplier<EnsembleGRU.Builder> make = () -> EnsembleGRU.builder(FORM);",
                "add(new EnsemblePrelu(FORM)).add(new EnsemblePrelu(FORM));",
                "Supplier<Block> slope = () -> new EnsemblePrelu(FORM);",
                "{@code RNN(4)}: four times 2 wide");
        assertHasNot(network, "EnsembleRNN.Activation");
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
}
