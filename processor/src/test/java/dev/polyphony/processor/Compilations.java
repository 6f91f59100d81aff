/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles user code with the processor, as strictly as javac can. */
final class Compilations {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("\\b(?:class|interface|enum|record) ([\\p{L}_$][\\p{L}\\p{N}_$]*)");

    private static final String IMPORTS =
            """
            import ai.djl.Model;
            import ai.djl.ndarray.*;
            import ai.djl.ndarray.types.*;
            import ai.djl.nn.*;
            import ai.djl.nn.convolutional.*;
            import ai.djl.nn.core.*;
            import ai.djl.nn.norm.*;
            import ai.djl.nn.pooling.*;
            import ai.djl.nn.recurrent.*;
            import ai.djl.training.ParameterStore;
            import ai.djl.util.PairList;
            import dev.polyphony.*;
            import java.util.*;
            import java.util.function.*;
            """;

    private Compilations() {}

    /** Compiles with all warnings as errors. */
    static Compilation compile(JavaFileObject... sources) {
        return compile(new PolyphonyProcessor(), sources);
    }

    static Compilation compile(Processor processor, JavaFileObject... sources) {
        return compile(List.of(processor), sources);
    }

    static Compilation compile(List<Processor> processors, JavaFileObject... sources) {
        List<JavaFileObject> all = new ArrayList<>(List.of(sources));
        return ModelCompiler.javac()
                .withProcessors(processors)
                .withOptions("-Xlint:all", "-Werror")
                .compile(all);
    }

    /** Compiles with warnings as they are. */
    static Compilation compileLeniently(JavaFileObject... sources) {
        return ModelCompiler.javac().withProcessors(new PolyphonyProcessor()).compile(sources);
    }

    /** A source file in package {@code acme} that imports all that models need. */
    static JavaFileObject source(String code) {
        return plain("package acme;\n\n" + IMPORTS + "\n" + code);
    }

    /** A source file as it is. */
    static JavaFileObject plain(String code) {
        Matcher packageName = PACKAGE.matcher(code);
        String prefix = packageName.find() ? packageName.group(1) + "." : "";
        Matcher type = TYPE.matcher(code);
        assertTrue(type.find(), code);
        return JavaFileObjects.forSourceString(prefix + type.group(1), code);
    }

    /** A public model class named Net with the given annotation and members. */
    static JavaFileObject net(String annotations, String members) {
        return source(
                annotations
                        + "\npublic final class Net extends SequentialBlock {\n"
                        + members
                        + "\n}\n");
    }

    /**
     * Compiles as Maven does: the folder of the classes is on the class path.
     *
     * @return whether there were no errors
     */
    static boolean toFolders(List<JavaFileObject> sources, Path classes, Path generated)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> path = new ArrayList<>(List.of(classes));
            files.getLocationAsPaths(StandardLocation.CLASS_PATH).forEach(path::add);
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, diagnostic -> {}, List.of(), null, sources);
            task.setProcessors(List.of(new PolyphonyProcessor()));
            return task.call();
        }
    }

    static void assertClean(Compilation compilation) {
        assertEquals(
                Compilation.Status.SUCCESS,
                compilation.status(),
                () ->
                        compilation.diagnostics().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining("\n")));
        assertEquals(List.of(), compilation.warnings());
    }

    /** The text of a generated type in package {@code acme}. */
    static String generated(Compilation compilation, String simpleName) {
        JavaFileObject file =
                compilation
                        .generatedSourceFile("acme." + simpleName)
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                simpleName
                                                        + " was not generated: "
                                                        + compilation.diagnostics()));
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only error of a compilation, and nothing else. */
    static Diagnostic<? extends JavaFileObject> onlyError(Compilation compilation) {
        assertEquals(
                1,
                compilation.errors().size(),
                () -> "errors: " + compilation.errors() + " warnings: " + compilation.warnings());
        return compilation.errors().get(0);
    }

    /** The number of the first line that contains a text. */
    static long lineOf(JavaFileObject source, String text) {
        try {
            List<String> lines = source.getCharContent(false).toString().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                    return i + 1;
                }
            }
            throw new AssertionError("no line with " + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
