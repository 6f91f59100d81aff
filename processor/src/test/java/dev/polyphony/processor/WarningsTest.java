/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.compileLeniently;
import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Networks.LINEAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that work, but hardly as meant, give one message at the place that is meant. */
class WarningsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "addSingleton(x -> x.softmax(-1)); // here",
                "addSingleton(x -> {\nreturn x.logSoftmax(1); // here\n});",
                "addSingleton(x -> x.logSoftmax(-1).exp()); // here",
                "add(new LambdaBlock(list -> new NDList(list.head().softmax(-1)))); // here",
                "add(LambdaBlock.singleton(x -> x.softmax(-1))); // here",
                "add(Dropout.builder().build())\n.addSingleton(x -> (x.softmax(-1))); // here"
            })
    void aSoftmaxAtTheEndIsAWarning(String end) {
        JavaFileObject model =
                net("@Packed @Mimo", "public Net() { " + LINEAR + "\n" + end + "\n}");

        List<Diagnostic<? extends JavaFileObject>> found = withCode(compile(model), "PLY051");

        assertEquals(1, found.size());
        assertEquals(Diagnostic.Kind.WARNING, found.get(0).getKind());
        assertEquals(lineOf(model, "// here"), found.get(0).getLineNumber());
        assertTrue(found.get(0).getMessage(Locale.ROOT).contains("polyphony:PLY051"));
    }

    @Test
    void aSoftmaxInAMethodOfTheModelIsAWarning() {
        String members =
                "public Net() { %s add(Net::end); }\nprivate static NDList end(NDList list) {\n"
                        + "return new NDList(list.head().softmax(-1)); // here\n}";
        JavaFileObject model = net("@Packed", members.formatted(LINEAR));

        List<Diagnostic<? extends JavaFileObject>> found = withCode(compile(model), "PLY051");

        assertEquals(1, found.size());
        assertEquals(lineOf(model, "// here"), found.get(0).getLineNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return new NDList(y.softmax(-1)); // here",
                "y = y.softmax(-1); // here\nreturn new NDList(y);",
                "y = y.softmax(-1); // here\nif (training) {\nreturn new NDList(y.matMul(y));\n}"
                        + "\nreturn new NDList(y);",
                "NDArray p = y.logSoftmax(-1); // here\nreturn new NDList(p);",
                "return new NDList(training ? y : y.softmax(-1)); // here",
                "return new NDList(y, y.softmax(-1)); // here"
            })
    void aSoftmaxThatIsReturnedIsAWarning(String end) {
        JavaFileObject model = returning(end);

        List<Diagnostic<? extends JavaFileObject>> found = withCode(compile(model), "PLY051");

        assertEquals(1, found.size());
        assertEquals(lineOf(model, "// here"), found.get(0).getLineNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NDArray weights = y.softmax(-1);\ny = weights.matMul(y);"
                        + "\nreturn new NDList(y, weights);",
                "return new NDList(y.softmax(-1).matMul(y), y);"
            })
    void aSoftmaxWithinTheForwardPassIsNone(String end) {
        assertClean(compile(returning(end)));
    }

    /** A model of one layer with more in its forward pass. */
    private static JavaFileObject returning(String end) {
        return Compilations.source(
                """
                        @Packed
                        public final class Net extends AbstractBlock {
                            private final Block layer =
                                addChildBlock("layer", Linear.builder().setUnits(3).build());
                            @Override
                            protected NDList forwardInternal(ParameterStore store, NDList inputs,
                                    boolean training, PairList<String, Object> params) {
                                NDArray y = layer.forward(store, inputs, training).head();
                                %s
                            }
                            @Override
                            protected void initializeChildBlocks(
                                    NDManager manager, DataType type, Shape... inputs) {
                                layer.initialize(manager, type, inputs);
                            }
                            @Override
                            public Shape[] getOutputShapes(Shape[] inputs) {
                                return layer.getOutputShapes(inputs);
                            }
                        }
                        """
                        .formatted(end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "addSingleton(x -> x.softmax(-1)); " + LINEAR,
                "addSingleton(x -> x.softmax(-1).matMul(x));",
                "addSingleton(x -> x.exp());",
                "addSingleton(x -> {\nvar y = x.softmax(-1);\ny = y.matMul(x);\nreturn y;\n});",
                LINEAR
            })
    void aSoftmaxWithinTheModelIsNone(String rest) {
        assertClean(compile(net("@Packed", "public Net() { " + LINEAR + "\n" + rest + "\n}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polyphony", "polyphony:PLY051"})
    void warningsAreSuppressedOnTheClass(String name) {
        String annotations = "@Packed @SuppressWarnings(\"%s\")".formatted(name);
        String members = "public Net() { " + LINEAR + " addSingleton(x -> x.softmax(-1)); }";

        assertClean(compile(net(annotations, members)));
    }

    @ParameterizedTest
    @CsvSource({
        "'@Packed(m = 4, alpha = 2)', '7 (3.500 to 4)'",
        "'@Packed(m = 4, alpha = 2, gamma = 3)', '7 (3.500 to 6), 8 (4.000 to 6)'",
        "'@Packed(m = 4, alpha = 4)', ''",
        "'@Packed(m = 1)', ''"
    })
    void aRoundedWidthIsANoteOfBothWidths(String annotation, String widths) {
        String linear = "add(Linear.builder().setUnits(%d).build());";
        String members =
                "public Net() { %s %s %s }"
                        .formatted(linear.formatted(7), linear.formatted(8), linear.formatted(12));
        Compilation compilation = compile(net(annotation, members));

        assertClean(compilation);
        List<Diagnostic<? extends JavaFileObject>> found = withCode(compilation, "PLY052");
        assertEquals(widths.isEmpty() ? 0 : 1, found.size());
        if (!found.isEmpty()) {
            String message = found.get(0).getMessage(Locale.ROOT);
            assertTrue(message.contains(": " + widths + "\n"), message);
            assertFalse(message.contains("`"), message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "static final int W = 7; public Net() { %W% } | 7",
                "static final int W = 3; static final int V = 2 * (W + 1) - 1; public Net() { %V% }"
                        + " | 7",
                "public Net() { %2 * W - 1% } private static final int W = 10; | 19",
                "public Net() { int w = 9; %w% } | 9",
                "public Net() { for (int w : new int[] {6, 7, 16, 21}) { %w% } } | 7, 21",
                "public Net() { int[] ws = {7}; for (int w : new int[] {3, 5}) { %w * 3% } } | 9,"
                        + " 15",
                "public Net() { for (int w : new int[] {3, 5}) { Supplier<Block> b = () -> %%w%%; }"
                        + " } | 3, 5",
                // not known for sure
                "public Net(int w) { %w% } |",
                "static final int W = 7; public Net(int W) { %W% } |",
                "public Net() { int w = 7; w++; %w% } |",
                "public Net() { for (int w : new int[] {3, 5}) { w *= 2; %w% } } |",
                "public Net() { for (int w = 7; w < 8; w++) { %w% } } |",
                "static int w = 7; public Net() { %w% } |",
                "public Net() { for (int w : new int[] {3, 5}) { for (int v : new int[] {1, 3}) {"
                        + " %w * v% } } } |",
                "public Net() { for (int w : new int[] {3, new Random().nextInt(9)}) { %w% } } |",
                "public Net() { %7 / (1 - 1)% } |"
            })
    void widthsAreFoldedAsFarAsTheyAreKnown(String members, String widths) {
        String layer = "Linear.builder().setUnits($1).build()";
        String text =
                members.replaceAll("%%([^%]+)%%", layer)
                        .replaceAll("%([^%]+)%", "add(" + layer + ");");
        Compilation compilation = compileLeniently(net("@Packed(m = 4, alpha = 2)", text));

        List<String> found =
                withCode(compilation, "PLY052").stream()
                        .map(note -> note.getMessage(Locale.ROOT).lines().findFirst().orElseThrow())
                        .map(line -> line.replaceAll(".*output: | \\([^)]*\\)", ""))
                        .toList();
        assertEquals(widths == null ? List.of() : List.of(widths), found);
        assertEquals(List.of(), compilation.errors());
    }

    @Test
    void manyWidthsAreCounted() {
        String layers =
                IntStream.range(0, 70)
                        .mapToObj("add(Linear.builder().setUnits(1%d1).build());"::formatted)
                        .collect(Collectors.joining("\n"));
        String message =
                withCode(compile(net("@Packed", "public Net() { " + layers + " }")), "PLY052")
                        .get(0)
                        .getMessage(Locale.ROOT);

        assertTrue(message.contains("141 (70.50 to 71) and 65 more\n"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polyphony", "polyphony:PLY052"})
    void notesAreSuppressedOnTheClass(String name) {
        String annotations = "@Packed @SuppressWarnings(\"%s\")".formatted(name);
        String members = "public Net() { add(Linear.builder().setUnits(7).build()); }";

        assertEquals(List.of(), withCode(compile(net(annotations, members)), "PLY052"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "addSingleton(x -> x.mul(0.5f)); // here",
                "addSingleton(x -> x.div(Math.sqrt(8))); // here",
                "addSingleton(x -> x.add(1).pow((float) rate)); // here",
                "addSingleton(x -> x.maximum(-rate)); // here",
                "addSingleton(x -> x.minimum(rate)); // here",
                "addSingleton(x -> x.scaleGradient(rate)); // here",
                "addSingleton(x -> { int n = 3; return x.divi(n); }); // here",
                "add(list -> new NDList(list.head().mul(width < 1 ? 2 : width))); // here",
                "addSingleton(x -> NDArrays.mul(2, x)); // here",
                "add(Activation.relu6Block()); // here",
                "add(Activation::relu6); // here",
                "add(list -> Activation.swish(list, 2)); // here"
            })
    void anArrayAndANumberAreAWarning(String code) {
        JavaFileObject model = net("@Packed @Mimo", numbers(code));

        List<Diagnostic<? extends JavaFileObject>> found = withCode(compile(model), "PLY054");

        assertEquals(1, found.size());
        assertEquals(Diagnostic.Kind.WARNING, found.get(0).getKind());
        assertEquals(lineOf(model, "// here"), found.get(0).getLineNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BiFunction<NDArray, Number, NDArray> f = NDArray::mul; // here\n"
                        + "addSingleton(x -> f.apply(x, 2));",
                "addSingleton(x -> ((BiFunction<NDArray, Float, NDArray>) NDArray::pow) // here\n"
                        + ".apply(x, 2f));",
                "addSingleton(x -> { Function<Number, NDArray> f = x::div; // here\n"
                        + "return f.apply(2); });",
                "addSingleton(x -> with(NDArray::mul, x)); // here",
                "addSingleton(x -> Net.with(NDArray::mul, x)); // here"
            })
    void aReferenceToAnOperationWithNumbersIsAWarning(String code) {
        JavaFileObject model = net("@Packed @Mimo", numbers(code) + WITH);

        List<Diagnostic<? extends JavaFileObject>> found = withCode(compile(model), "PLY054");

        assertEquals(1, found.size());
        assertEquals(lineOf(model, "// here"), found.get(0).getLineNumber());
    }

    private static final String WITH =
            "static NDArray with(BiFunction<NDArray, Number, NDArray> f, NDArray x) {"
                    + " return f.apply(x, 2); }";

    /** It has no other code than the model's. */
    @Test
    void aDeepEnsembleWarnsOfTheModel() {
        JavaFileObject model =
                net("@DeepEnsemble", numbers("add(Activation.swishBlock(2)); // here"));

        List<Diagnostic<? extends JavaFileObject>> found = withCode(compile(model), "PLY054");

        assertEquals(1, found.size());
        assertEquals(lineOf(model, "// here"), found.get(0).getLineNumber());
        String message = found.get(0).getMessage(Locale.ROOT);
        assertTrue(message.lines().findFirst().orElseThrow().endsWith("on the CPU"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BinaryOperator<NDArray> f = NDArray::mul; addSingleton(x -> f.apply(x, x));",
                "BiFunction<NDArray, Number, NDArray> f = NDArray::add; addSingleton(x -> f.apply(x, 1));",
                "addSingleton(x -> x.mul(x));",
                "addSingleton(x -> x.mul(x.getManager().full(new Shape(), 2f)));",
                "addSingleton(x -> x.add(2).sub(rate));",
                "addSingleton(x -> { rate = (float) Math.pow(2, 3); return x; });",
                "add(Activation.reluBlock()); add(Activation::relu);"
            })
    void whatMeetsNoNumberIsNone(String code) {
        assertClean(compile(net("@Packed", numbers(code))));
    }

    private static String numbers(String code) {
        return "private float rate = 2; public Net(int width) {\n%s\n%s\n%s\n}"
                .formatted(LINEAR, code, LINEAR);
    }

    @Test
    void ensemblesHaveTwinsOfActivations() {
        String members =
                "public Net() { "
                        + LINEAR
                        + " add(Activation.relu6Block()); add(Activation::relu6);"
                        + " add(list -> Activation.swish(list, 2)); add(Activation::relu); "
                        + LINEAR
                        + " }";
        JavaFileObject model = net("@Packed @SuppressWarnings(\"polyphony:PLY054\")", members);
        Compilation compilation = compile(model);

        assertClean(compilation);
        String code = Compilations.generated(compilation, "PackedNet");
        assertTrue(code.contains("add(EnsembleActivation.relu6Block())"), code);
        assertTrue(code.contains("add(EnsembleActivation::relu6)"), code);
        assertTrue(code.contains("EnsembleActivation.swish(list, 2)"), code);
        assertTrue(code.contains("add(Activation::relu)"), code);
    }

    /** The messages of a code. */
    static List<Diagnostic<? extends JavaFileObject>> withCode(
            Compilation compilation, String code) {
        return compilation.diagnostics().stream()
                .<Diagnostic<? extends JavaFileObject>>map(one -> one)
                .filter(one -> one.getMessage(Locale.ROOT).startsWith("[" + code + "] "))
                .toList();
    }
}
