/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.compileLeniently;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.plain;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** What the compiler says of the model it does not say again of each copy. */
class JavaMistakesTest {

    private static final String LINEAR = "add(Linear.builder().setUnits(3).build());";

    private static JavaFileObject model(int number, String code) {
        return source(
                "@Packed public final class Net%d extends SequentialBlock {\n%s\n%s}"
                        .formatted(number, code, JavaMistakeCases.OTHERS)
                        .replaceAll("\\bNet\\b", "Net" + number));
    }

    private static List<JavaFileObject> models(List<String> codes) {
        return IntStream.range(0, codes.size()).mapToObj(i -> model(i, codes.get(i))).toList();
    }

    /** All models in one run, with all errors. */
    private static Compilation compileAll(List<JavaFileObject> models) {
        return ModelCompiler.javac()
                .withProcessors(new PolyphonyProcessor())
                .withOptions("-Xmaxerrs", "10000")
                .compile(models);
    }

    /** The compiler looks at the flow of code when it has no other errors: in the next run. */
    private static void assertOneErrorEach(List<String> codes) {
        List<JavaFileObject> models = models(codes);
        while (!models.isEmpty()) {
            Map<String, Long> errors = new TreeMap<>();
            for (Diagnostic<? extends JavaFileObject> error : compileAll(models).errors()) {
                Long other = errors.put(error.getSource().getName(), error.getLineNumber());
                assertNull(other, error::toString);
            }
            List<JavaFileObject> silent = new ArrayList<>();
            for (JavaFileObject model : models) {
                Long line = errors.remove(model.getName());
                if (line == null) {
                    silent.add(model);
                } else {
                    assertEquals(lineOf(model, "// here"), line, model.getName());
                }
            }
            assertEquals(Map.of(), errors, "errors in generated code");
            assertTrue(silent.size() < models.size(), () -> "no error in " + silent);
            models = silent;
        }
    }

    private static void assertCopies(List<String> codes) {
        Compilation compilation = compileAll(models(codes));

        assertEquals(0, compilation.errors().size(), () -> compilation.errors().toString());
        for (int i = 0; i < codes.size(); i++) {
            String network = generated(compilation, "PackedNet" + i);
            assertTrue(network.contains("new Network("), codes.get(i));
        }
    }

    @Test
    void aMistakeInABodyIsOneError() {
        assertOneErrorEach(
                JavaMistakeCases.STATEMENTS.stream()
                        .map(one -> "public Net() { " + LINEAR + "\n" + one + " // here\n}")
                        .toList());
    }

    @Test
    void aMistakeInAMemberIsOneError() {
        assertOneErrorEach(
                JavaMistakeCases.MEMBERS.stream()
                        .map(one -> "public Net() { " + LINEAR + " }\n" + one)
                        .toList());
    }

    @Test
    void whatIsRightIsCopied() {
        assertCopies(
                JavaMistakeCases.RIGHT_STATEMENTS.stream()
                        .map(
                                one ->
                                        "public Net() { %s fill(); }\n void fill() { %s }"
                                                .formatted(LINEAR, one))
                        .toList());
    }

    @Test
    void membersThatAreRightAreCopied() {
        assertCopies(
                JavaMistakeCases.RIGHT_MEMBERS.stream()
                        .map(one -> "public Net() { " + LINEAR + " }\n" + one)
                        .toList());
    }

    @Test
    void whatIsNotAccessibleIsNotImported() {
        JavaFileObject net =
                plain(
                        """
                        package acme;

                        import ai.djl.nn.*;
                        import ai.djl.nn.core.*;
                        import dev.polyphony.*;
                        import java.io.*;
                        import java.nio.file.*;

                        @Packed
                        public final class Net extends SequentialBlock {

                            public Net() {
                                add(Linear.builder().setUnits(3).build());
                            }

                            /** There is one in java.io, too, for that package alone. */
                            FileSystem files() {
                                return FileSystems.getDefault();
                            }
                        }
                        """);
        String network = generated(compileLeniently(net), "PackedNet");
        assertTrue(network.contains("new Network("), network);
    }

    @Test
    void aForgottenMethodOfTheModelIsOneError() {
        JavaFileObject net =
                source(
                        """
                        @Packed
                        public final class Net extends AbstractBlock { // here
                            private final Block block;

                            public Net() {
                                block = addChildBlock("fc", Linear.builder().setUnits(3).build());
                            }

                            @Override
                            public Shape[] getOutputShapes(Shape[] inputs) {
                                return block.getOutputShapes(inputs);
                            }
                        }
                        """);
        assertEquals(lineOf(net, "// here"), onlyError(compileLeniently(net)).getLineNumber());
    }

    @Test
    void aMethodOfTheModelWithAParameterTooFewIsReportedWhereItStands() {
        JavaFileObject net =
                source(
                        """
                        @Packed
                        public final class Net extends AbstractBlock { // here
                            private final Block block;

                            public Net() {
                                block = addChildBlock("fc", Linear.builder().setUnits(3).build());
                            }

                            @Override // and here
                            protected NDList forwardInternal(ParameterStore s, NDList x, boolean t) {
                                return block.forward(s, x, t);
                            }

                            @Override
                            public Shape[] getOutputShapes(Shape[] inputs) {
                                return block.getOutputShapes(inputs);
                            }
                        }
                        """);
        Compilation compilation = compileLeniently(net);

        assertEquals(
                List.of(lineOf(net, "// here"), lineOf(net, "// and here")),
                compilation.errors().stream().map(error -> error.getLineNumber()).toList());
    }

    @Test
    void theLineIsInANote() {
        JavaFileObject net =
                net("@Packed", "public Net() { " + LINEAR + "\nint a = \"text\"; // here\n}");
        Compilation compilation = compileLeniently(net);

        String note =
                "Line %d has a mistake, so the ensembles of 'Net' only throw"
                        .formatted(lineOf(net, "// here"));
        assertTrue(
                compilation.notes().stream()
                        .anyMatch(one -> one.getMessage(Locale.ROOT).contains(note)),
                () -> compilation.notes().toString());
    }
}
