/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.processor.ModelCompiler;
import dev.polyphony.processor.PolyphonyProcessor;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Holds the processor to its manners on code that is broken. */
final class MutantCheck {

    private MutantCheck() {}

    /** With any processor the compiler stops earlier after some errors. */
    private static final class Idle extends AbstractProcessor {

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("*");
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) {
            return false;
        }
    }

    /** How a check ended when nothing is wrong. */
    enum Result {
        /** The compiler finds errors, the same as without the processor. */
        WRONG_JAVA,
        /** Java, but no model that the processor takes. */
        REFUSED,
        /** Still a model. */
        COMPILED
    }

    /**
     * Compiles a mutant with and without the processor.
     *
     * @throws AssertionError if the processor fails, repeats itself, or hides or makes errors
     */
    static Result run(Mutant mutant) {
        JavaFileObject file = JavaFileObjects.forSourceString(mutant.typeName(), mutant.source());
        Compilation plain = ModelCompiler.javac().withProcessors(new Idle()).compile(file);
        Compilation processed =
                ModelCompiler.javac().withProcessors(new PolyphonyProcessor()).compile(file);
        List<String> ours =
                processed.errors().stream()
                        .filter(MutantCheck::isOurs)
                        .map(MutantCheck::text)
                        .toList();
        if (ours.stream().anyMatch(message -> message.contains("[PLY092]"))) {
            throw new AssertionError("the processor failed: " + ours);
        }
        if (new HashSet<>(ours).size() < ours.size()) {
            throw new AssertionError("reported twice: " + ours);
        }
        Set<String> expected = javac(plain, file);
        Set<String> actual = javac(processed, file);
        if (!actual.containsAll(expected)) {
            throw new AssertionError(
                    "hidden errors: expected %s, but got %s and %s"
                            .formatted(expected, actual, ours));
        }
        if (!expected.containsAll(actual)) {
            throw new AssertionError(
                    "errors that the compiler does not have: expected %s, but got %s"
                            .formatted(expected, actual));
        }
        if (expected.isEmpty() && ours.isEmpty() && !processed.errors().isEmpty()) {
            throw new AssertionError("errors in generated code: " + processed.errors());
        }
        if (!expected.isEmpty()) {
            return Result.WRONG_JAVA;
        }
        return ours.isEmpty() ? Result.COMPILED : Result.REFUSED;
    }

    private static boolean isOurs(Diagnostic<?> diagnostic) {
        return diagnostic.getMessage(Locale.ROOT).startsWith("[PLY");
    }

    /** The compiler's own errors in the user's file. */
    private static Set<String> javac(Compilation compilation, JavaFileObject file) {
        return compilation.errors().stream()
                .filter(error -> !isOurs(error))
                .filter(
                        error ->
                                error.getSource() == null
                                        || error.getSource().getName().equals(file.getName()))
                .map(MutantCheck::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Diagnostic<?> diagnostic) {
        return diagnostic.getLineNumber()
                + ":"
                + diagnostic.getColumnNumber()
                + " "
                + diagnostic.getMessage(Locale.ROOT);
    }
}
