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
import static dev.polyphony.processor.Networks.assertHasNot;
import static dev.polyphony.processor.Networks.packed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callers see of the generated types: constructors, settings, documentation. */
class NetworkSurfaceTest {

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
                "    @SafeVarargs\n    @SuppressWarnings(\"varargs\")\n    protected <T extends Comparable<T>> PackedNet(\n"
                        + "            @SuppressWarnings(\"w\") int width, Map<String, ? super T> map, T... more)\n"
                        + "            throws IllegalStateException, Error {\n"
                        + "        super(FORM, new Network(width, map, more));",
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
        assertHas(
                generated(compilation, "PackedNet"),
                "It has no Factory, and its harness no main method: the constructors take {@code List<String>},");
        assertHasNot(generated(compilation, "PackedNet"), "class Factory");
        assertHasNot(generated(compilation, "PackedNetHarness"), "main");
        assertHasNot(generated(compilation, "NetComparison"), "main");
    }

    @Test
    void parametersOfStaticFactoriesAreDescribedAsByTheUser() {
        Compilation compilation =
                compile(
                        source(
                                """
                                @Packed @DeepEnsemble
                                public final class Net {
                                    private Net() {}

                                    /**
                                     * A net.
                                     *
                                     * @param units how wide {@link Linear} is
                                     * @return the net
                                     */
                                    public static Block of(int units) {
                                        return new SequentialBlock()
                                                .add(Linear.builder().setUnits(units).build());
                                    }
                                }
                                """));

        assertClean(compilation);
        for (String type : List.of("PackedNetHarness", "NetComparison", "DeepEnsembleNet")) {
            assertHas(generated(compilation, type), "@param units how wide {@link Linear} is");
            assertHas(generated(compilation, type), "import ai.djl.nn.core.Linear;");
        }
    }

    @Test
    void whatBuildersReturnIsTheEnsemble() {
        Compilation compilation =
                compile(
                        source(
                                """
                                @Packed
                                public final class Net {
                                    private Net() {}

                                    public static final class Builder {
                                        /**
                                         * Builds a {@link Net}.
                                         *
                                         * @return the {@link Net} block, as {@link Net#UNITS} says
                                         * @throws IllegalStateException for no {@link Net}
                                         */
                                        public Block build() {
                                            return new SequentialBlock()
                                                    .add(Linear.builder().setUnits(UNITS).build());
                                        }
                                    }

                                    public static final int UNITS = 3;
                                }
                                """));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                "* Builds a {@link Net}.",
                "* @return the {@link PackedNet} block, as {@link Net#UNITS} says",
                "* @throws IllegalStateException for no {@link Net}");
    }

    @Test
    void inlineTagsStayInOneLine() {
        Compilation compilation =
                compile(
                        net(
                                "@Packed @SubEnsemble",
                                "public Net(int vocabulary, int embeddingSize, int hidden, int"
                                        + " numberOfClasses) { "
                                        + LINEAR
                                        + " }"));

        assertClean(compilation);
        for (String type : List.of("PackedNet", "SubEnsembleNetHarness", "NetComparison")) {
            String text = generated(compilation, type);
            assertTrue(text.contains("{@code "), text);
            assertTrue(text.lines().noneMatch(line -> line.matches(".*\\{@\\w+[^}]*")), text);
        }
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
                                "@Packed(m = 3, alpha = 2, gamma = 4) @Mimo(m = 1) @SubEnsemble"
                                        + " @BatchEnsemble @BatchEnsemble(name = \"AdditiveNet\","
                                        + " form = FastWeightForm.ADDITIVE)",
                                members));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                " * {@link Net} as a Packed-Ensemble: three members in one network ({@code alpha = 2, gamma = 4}).",
                "<li>{@code Conv2d(width * 2)}: three times {@code ceil((width * 2) * 2 / 3)}, rounded up to a",
                "<li>{@code BatchNorm}: scales, shifts and statistics of its own for each member",
                "<li>{@code Linear(10)}: three times 8 wide, or three times 10 if it writes the output");
        assertHas(
                generated(compilation, "PackedNet"),
                "<p>What becomes of each layer; which ones write the output is found by the first");
        assertHas(generated(compilation, "MimoNet"), ": one member inside", "as it is");
        assertHas(
                generated(compilation, "BatchEnsembleNet").replaceAll("\n \\*\\s+", " "),
                "a vector over its inputs, one over its outputs, and a bias <li>");
        assertHas(
                generated(compilation, "AdditiveNet").replaceAll("\n \\*\\s+", " "),
                "a vector over its inputs, one over its outputs; one shared bias <li>");
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

    private static final String INHERITING =
            """
            private Net(Builder b) { add(b.dense(b.width)); add(b.dense(b.classes)); }
            public static Builder builder() { return new Builder(); }
            public abstract static class Base<S, T extends Base<S, T>> {
                int width;
                public T setWidth(int w) { width = w; return self(); }
                public <S> T setNames(List<S> names) { return self(); }
                public void setAll(List<S> all) {}
                public T from(T other) { return self(); }
                public S name(S other) { return other; }
                abstract T self();
                Block dense(int n) { return Linear.builder().setUnits(n).build(); }
            }
            public static final class Builder extends Base<String, Builder> {
                private int classes;
                private Builder() {}
                @Override Builder self() { return this; }
                public Builder setClasses(int c) { classes = c; return this; }
                public Net build() { return new Net(this); }
            }
            """;

    @Test
    void inheritedSettersAreSettersOfTheEnsemble() {
        Compilation compilation =
                compile(
                        net("@DeepEnsemble(m = 2)", INHERITING),
                        source(
                                "class Use { DeepEnsembleNet net = DeepEnsembleNet.builder().setWidth(3)"
                                        + ".setNames(List.of(1)).setClasses(2).build(); }"));

        assertClean(compilation);
        String network = generated(compilation, "DeepEnsembleNet");
        assertHas(
                network,
                "public Builder setWidth(int w) {",
                "public <S> Builder setNames(List<S> names) {",
                "public void setAll(List<String> all) {",
                "builder = builder.from(other.builder);",
                "return builder.name(other);",
                "builder.setWidth(arguments.getInt(\"width\"))");
        assertEquals(1, network.split("Builder self\\(\\)", -1).length - 1, network);
    }

    /** What is called on a subtype is called on the class that declares it. */
    @Test
    void whatABuilderInheritsMakesParts() {
        String network = packed(INHERITING);

        assertHas(
                network,
                "Block dense(int n) { return EnsembleLinear.builder(FORM).setUnits(n).build(); }",
                "public PackedNet build() { return new PackedNet(new Network(this)); }");
    }

    /** A class may use what it deprecates itself, and so may its copy. */
    @Test
    void deprecatedMembersOfTheModelGiveNoWarning() {
        String members =
                """
                @Deprecated(forRemoval = true) public Net(int n) { add(Linear.builder().setUnits(n).build()); }
                @Deprecated public Net() { this(Gone.W); }
                private Net(int n, Gone gone) { this(n); }
                public static Net of(Gone gone) { return new Net(Gone.W, gone); }
                @Deprecated public static final class Gone { static final int W = 3; }
                """;
        Compilation compilation =
                compile(net("@Packed @DeepEnsemble @SuppressWarnings(\"unused\")", members));

        assertClean(compilation);
        assertHas(
                generated(compilation, "PackedNet"),
                "@SuppressWarnings({\"unused\", \"deprecation\", \"removal\"})");
    }
}
