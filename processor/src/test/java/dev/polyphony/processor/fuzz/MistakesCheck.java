/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.polyphony.processor.ModelCompiler;
import dev.polyphony.processor.PolyphonyProcessor;
import java.util.List;
import java.util.Locale;

/** Holds the processor to reporting what it cannot transform. */
final class MistakesCheck {

    private MistakesCheck() {}

    /**
     * Compiles a model with mistakes.
     *
     * @throws AssertionError if not each mistake is reported, once and at its line
     */
    static void run(Mistakes mistakes) {
        String packageName = mistakes.typeName().replaceFirst("\\.Net$", "");
        Compilation compilation =
                ModelCompiler.javac()
                        .withProcessors(new PolyphonyProcessor())
                        .compile(
                                JavaFileObjects.forSourceString(
                                        mistakes.typeName(), mistakes.source()),
                                JavaFileObjects.forSourceString(
                                        packageName + ".Other",
                                        "package " + packageName + ";\n" + Mistakes.OTHER));
        List<String> actual =
                compilation.errors().stream()
                        .map(
                                error ->
                                        error.getLineNumber()
                                                + " "
                                                + error.getMessage(Locale.ROOT)
                                                        .replaceAll("(?s)^\\[(PLY\\d+)\\].*", "$1"))
                        .sorted()
                        .toList();
        if (!List.copyOf(mistakes.expected()).equals(actual)) {
            throw new AssertionError(
                    "expected %s, but got %s in\n%s"
                            .formatted(mistakes.expected(), actual, mistakes.source()));
        }
    }
}
