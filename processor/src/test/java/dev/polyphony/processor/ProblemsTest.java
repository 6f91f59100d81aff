/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Networks.LINEAR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.polyphony.MixMethod;
import dev.polyphony.processor.ProblemCases.Case;
import dev.polyphony.processor.diagnose.Code;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake gives exactly one error, with its code, at its line. */
class ProblemsTest {

    @ParameterizedTest
    @MethodSource("dev.polyphony.processor.ProblemCases#cases")
    void oneErrorAtItsLine(Case mistake) {
        Compilation compilation =
                Compilations.compile(
                        mistake.processor(), mistake.sources().toArray(JavaFileObject[]::new));

        Diagnostic<? extends JavaFileObject> error = onlyError(compilation);
        String message = error.getMessage(Locale.ROOT);
        assertTrue(message.startsWith("[" + mistake.code().getId() + "] "), message);
        assertTrue(message.contains(mistake.what()), message);
        assertTrue(message.endsWith("See docs/errors.md#" + mistake.code().getId()), message);
        JavaFileObject file =
                mistake.sources().stream()
                        .filter(source -> source.getName().equals(error.getSource().getName()))
                        .findFirst()
                        .orElseThrow();
        if (!mistake.what().contains("NetComparison")) {
            assertEquals(lineOf(file, "// here"), error.getLineNumber(), message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "@Packed, put the model behind @DeepEnsemble",
        "@Packed @DeepEnsemble, remove the annotations but @DeepEnsemble",
        "@DeepEnsemble(vectorized = true), put the model behind @DeepEnsemble without 'vectorized'"
    })
    void whatIsThereIsNotAdvised(String annotations, String wayOut) {
        JavaFileObject net =
                Compilations.net(
                        annotations,
                        "public Net() { add(Multiplication.builder().setUnits(2).build()); }");

        String message = onlyError(Compilations.compile(net)).getMessage(Locale.ROOT);
        assertTrue(message.contains(", " + wayOut + ", or keep"), message);
    }

    @Test
    void everyErrorHasACase() {
        Set<Code> covered = ProblemCases.cases().map(Case::code).collect(Collectors.toSet());
        Set<Code> errors = EnumSet.allOf(Code.class);
        errors.removeIf(code -> code.getKind() != Diagnostic.Kind.ERROR);

        covered.addAll(LibraryProblemsTest.codes());
        covered.addAll(MissingDependencyTest.codes());
        assertEquals(errors, covered);
    }

    @ParameterizedTest
    @CsvSource({
        "Packed,        m = 0",
        "Packed,        alpha = 0",
        "Packed,        alpha = -1",
        "Packed,        alpha = Double.POSITIVE_INFINITY",
        "Packed,        alpha = Double.NaN",
        "Packed,        gamma = 0",
        "Packed,        minChannelsPerGroup = 0",
        "Mimo,          m = -1",
        "Mimo,          batchRepetitions = 0",
        "Mimo,          inputRepetition = -0.1",
        "Mimo,          inputRepetition = 1.1",
        "Mimo,          inputRepetition = Double.NaN",
        "MixMo,         m = 0",
        "MixMo,         probability = 1.5",
        "MixMo,         alpha = -0.5",
        "MixMo,         alpha = Double.POSITIVE_INFINITY",
        "MixMo,         weightRoot = 0",
        "MixMo,         batchRepetitions = 0",
        "BatchEnsemble, m = 0",
        "BatchEnsemble, fastLearningRate = -0.5",
        "Masksembles,   m = 0",
        "Masksembles,   scale = 0.9",
        "Masksembles,   scale = 6.1",
        "DeepEnsemble,  m = 0",
        "SubEnsemble,   m = 0"
    })
    void valuesOutOfRangeAreRefusedAtTheAttribute(String annotation, String attribute) {
        JavaFileObject net =
                net(
                        "@%s(\n%s)".formatted(annotation, attribute),
                        "public Net() { " + LINEAR + " }");

        Diagnostic<?> error = onlyError(Compilations.compile(net));

        String name = attribute.substring(0, attribute.indexOf(' '));
        assertTrue(
                error.getMessage(Locale.ROOT).startsWith("[PLY021] '" + name + "' is "),
                error.toString());
        assertEquals(lineOf(net, attribute), error.getLineNumber());
    }

    /** Which methods need places is told twice: by the runtime's enum, and to the compiler. */
    @ParameterizedTest
    @EnumSource(MixMethod.class)
    void waysToMixThatNeedPlacesAreRefusedWithoutConvolutions(MixMethod method) {
        JavaFileObject net =
                net("@MixMo(method = MixMethod." + method + ")", "public Net() { " + LINEAR + " }");
        String errors = Compilations.compile(net).errors().toString();

        assertEquals(method.getSpatialAxes() > 0, errors.contains("[PLY023]"), errors);
    }

    @ParameterizedTest
    @CsvSource({
        "'@Packed(m = 1, alpha = 1e-3, gamma = 1, minChannelsPerGroup = 1)'",
        "'@Mimo(m = 1, batchRepetitions = 1, inputRepetition = 0)'",
        "'@Mimo(inputRepetition = 1)'",
        "'@MixMo(m = 5, method = MixMethod.CUTMIX, probability = 0, alpha = 0, weightRoot = 1e-3)'",
        "'@MixMo(method = MixMethod.LINEAR, probability = 1, batchRepetitions = 1)'",
        "'@BatchEnsemble(m = 1, fastLearningRate = 0)'",
        "'@Masksembles(m = 1, scale = 1)'",
        "'@Masksembles(scale = 6)'",
        "'@DeepEnsemble(m = 1)'",
        "'@SubEnsemble(m = 1)'"
    })
    void theEndsOfTheRangesAreValid(String annotation) {
        Compilations.assertClean(
                Compilations.compile(net(annotation, "public Net() { " + LINEAR + " }")));
    }

    @Test
    void allProblemsOfAModelAreReportedTogether() {
        JavaFileObject net =
                net(
                        "@Packed(m = 0)",
                        "public Net() {\n"
                                + "add(Multiplication.builder().setUnits(2).build()); // first\n"
                                + "add(Conv2dTranspose.builder().setFilters(1).build()); // second\n"
                                + "}");

        List<Long> lines =
                Compilations.compile(net).errors().stream().map(Diagnostic::getLineNumber).toList();

        assertEquals(
                List.of(lineOf(net, "m = 0"), lineOf(net, "// first"), lineOf(net, "// second")),
                new ArrayList<>(lines));
    }

    @Test
    void theCaretIsAtTheExpression() {
        JavaFileObject net =
                net(
                        "@Packed",
                        "public Net() {\n" + LINEAR + "\nadd(new ConstantEmbedding(null));\n}");

        Diagnostic<?> error = onlyError(Compilations.compile(net));

        assertEquals("add(".length() + 1, error.getColumnNumber());
    }

    @Test
    void messagesSayWhatTheMethodsWouldDo() {
        JavaFileObject shared =
                net("@Mimo", "public Net() { add(Multiplication.builder().setUnits(2).build()); }");
        JavaFileObject both =
                net(
                        "@Mimo @Packed",
                        "public Net() { add(Multiplication.builder().setUnits(2).build()); }");

        assertTrue(
                onlyError(Compilations.compile(shared))
                        .getMessage(Locale.ROOT)
                        .contains(
                                "'Multiplication' holds parameters that cannot be shared by"
                                        + " members\n"
                                        + "    Use a supported layer"));
        assertTrue(
                onlyError(Compilations.compile(both))
                        .getMessage(Locale.ROOT)
                        .contains("cannot be packed or shared by members\n"));
    }

    @Test
    void aVectorizedDeepEnsembleNeedsLayersWithATwin() {
        String body = "public Net() { add(Multiplication.builder().setUnits(2).build()); }";
        assertTrue(
                onlyError(Compilations.compile(net("@DeepEnsemble(vectorized = true)", body)))
                        .getMessage(Locale.ROOT)
                        .contains("cannot be vectorized\n"));
        assertTrue(
                onlyError(Compilations.compile(net("@DeepEnsemble(vectorized = true) @Mimo", body)))
                        .getMessage(Locale.ROOT)
                        .contains("cannot be vectorized or shared by members\n"));
    }

    @Test
    void aDeepEnsembleTakesEveryLayer() {
        Compilations.assertClean(
                Compilations.compile(
                        net(
                                "@DeepEnsemble",
                                "public Net(Block any, List<Linear> all) { add(any).add(all.get(0)).add(Multiplication.builder().setUnits(2).build())"
                                        + ".add(LSTM.builder().setStateSize(4).setNumLayers(1).build()); }")));
    }

    @Test
    void aTypeVariableCanBeAnUncheckedException() {
        String constructor = "public <E extends %s> Net(Class<E> type) throws E { " + LINEAR + " }";

        Compilations.assertClean(
                Compilations.compile(net("@Packed", constructor.formatted("RuntimeException"))));
        Diagnostic<?> error =
                onlyError(Compilations.compile(net("@Packed", constructor.formatted("Exception"))));
        assertTrue(
                error.getMessage(Locale.ROOT)
                        .startsWith("[PLY012] The constructor throws Exception"));
    }

    @Test
    void problemsOfTheHeaderHideNoneOfTheBody() {
        String members =
                "public Net() throws java.io.IOException {"
                        + " add(Multiplication.builder().setUnits(2).build());"
                        + " add(LinearCollection.builder().setUnits(2).build()); }";

        List<String> codes =
                Compilations.compile(net("@Packed", members)).errors().stream()
                        .map(error -> error.getMessage(Locale.ROOT).substring(0, 8))
                        .sorted()
                        .toList();
        assertEquals(List.of("[PLY012]", "[PLY031]", "[PLY031]"), codes);
    }
}
