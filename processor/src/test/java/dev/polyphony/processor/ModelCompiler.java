/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import com.google.testing.compile.Compiler;
import java.io.File;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The compiler with the class path that models need. Each compilation reads the tables of contents
 * of all jars in its path, and those that tests alone need have the longest ones.
 */
public final class ModelCompiler {

    private static final Pattern NO_MODELS_NEED =
            Pattern.compile(
                    "(?:archunit|asm|commons|compile-testing|ecj|guava|hamcrest|j2objc|jna|junit|picocli"
                            + "|pytorch|truth)-.*\\.jar");

    private static final List<File> PATH =
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(File::new)
                    .filter(file -> !NO_MODELS_NEED.matcher(file.getName()).matches())
                    .toList();

    private ModelCompiler() {}

    /**
     * Returns the compiler.
     *
     * @return javac, with neither processors nor options
     */
    public static Compiler javac() {
        return Compiler.javac().withClasspath(PATH);
    }
}
