/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A library: a folder of class files, and a jar of sources.
 *
 * @param classes the folder
 * @param sources the jar
 */
public record Library(Path classes, Path sources) {

    /** Compiles a library, as build tools do: with the names of variables. */
    public static Library of(Path folder, List<JavaFileObject> files) throws IOException {
        return new Library(
                compiled(Files.createDirectories(folder.resolve("classes")), files),
                jar(folder.resolve("library-1.0-sources.jar"), files));
    }

    /** The library of the test resources. */
    public static Library ofResources(Path folder) throws IOException {
        return of(
                folder,
                Stream.of("Mlp", "Stack")
                        .map(name -> "library/lib/nets/" + name + ".java")
                        .map(JavaFileObjects::forResource)
                        .toList());
    }

    private static Path compiled(Path classes, List<JavaFileObject> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            List<String> options = List.of("-g", "-proc:none");
            assertTrue(compiler.getTask(null, manager, null, options, null, files).call());
        }
        return classes;
    }

    /** A jar of sources, by the packages that they declare. */
    static Path jar(Path jar, List<JavaFileObject> files) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (JavaFileObject file : files) {
                String text = file.getCharContent(true).toString();
                String folder =
                        text.replaceAll("(?s).*?\\bpackage ([\\w.]+);.*", "$1").replace('.', '/');
                String name = Path.of(file.getName()).getFileName().toString();
                out.putNextEntry(new ZipEntry(folder + "/" + name));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** The same classes with other sources. */
    public Library withSources(Path other) {
        return new Library(classes, other);
    }

    /** Compiles against the library as strictly as javac can, with its sources at hand. */
    public Compilation compile(JavaFileObject... files) {
        return compile(new PolyphonyProcessor(), List.of("-Apolyphony.sources=" + sources), files);
    }

    /** Compiles against the library as strictly as javac can. */
    public Compilation compile(Processor processor, List<String> options, JavaFileObject... files) {
        List<File> path = new ArrayList<>(List.of(classes.toFile()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(new File(entry));
        }
        List<Object> all = new ArrayList<>(List.of("-Xlint:all,-path", "-Werror"));
        all.addAll(options);
        return Compiler.javac()
                .withProcessors(processor)
                .withClasspath(path)
                .withOptions(all)
                .compile(files);
    }
}
