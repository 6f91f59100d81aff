/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static com.google.common.base.Preconditions.checkState;

import ai.djl.ndarray.types.Shape;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/**
 * A model of the corpus: one file, or a folder of files. The model's file begins with the
 * expressions that make the model or, in place of {@code $}, a network of it, each another
 * configuration, and the shapes that all of them take; also its name, where that cannot be the
 * file's:
 *
 * <pre>
 * // makes new $(12, 5)
 * // makes new $(12, 7)
 * // takes (1, 12)
 * // named Net
 * </pre>
 *
 * <p>The first {@code @Packed} stands for all annotations that are tried.
 *
 * @param name the simple name of the model
 * @param packageName its package
 * @param creations the expressions that make it
 * @param inputs the shapes that it takes
 * @param files the text of all files, by their class
 */
record Idiom(
        String name,
        String packageName,
        List<String> creations,
        List<Shape> inputs,
        Map<String, String> files) {

    /** The test's own class beside the model, which calls constructors as users do. */
    private static final String MAKER = "Made";

    private static final Pattern HEADER =
            Pattern.compile("((?:// makes .*\\R)+)// takes (.*)\\R(?:// named (.*)\\R)?");
    private static final Pattern PACKAGE =
            Pattern.compile("(?m)^package [^;]*?([\\w.]+) ?;|^package ([\\w.]+)");
    private static final Pattern ANNOTATION =
            Pattern.compile("(?m)^(@(?:dev\\.polyphony\\.)?Packed)\\b");

    static Stream<Idiom> in(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().map(Idiom::read).toList().stream();
        }
    }

    private static Idiom read(Path entry) {
        Map<String, String> files = new LinkedHashMap<>();
        Idiom model = null;
        try (Stream<Path> paths = Files.walk(entry)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(path);
                String type = path.getFileName().toString().replace(".java", "");
                String packageName = packageOf(text);
                Matcher header = HEADER.matcher(text);
                boolean isModel = header.lookingAt();
                if (isModel && header.group(3) != null) {
                    type = header.group(3);
                }
                files.put(qualified(packageName, type), text);
                if (isModel) {
                    List<Shape> inputs = shapes(header.group(2));
                    List<String> creations =
                            header.group(1)
                                    .lines()
                                    .map(line -> line.replace("// makes ", ""))
                                    .toList();
                    model = new Idiom(type, packageName, creations, inputs, files);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checkState(model != null, "%s: no file has a header", entry);
        return model;
    }

    private static String packageOf(String text) {
        Matcher declaration = PACKAGE.matcher(text);
        if (!declaration.find()) {
            return "";
        }
        return declaration.group(1) == null ? declaration.group(2) : declaration.group(1);
    }

    private static String qualified(String packageName, String name) {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }

    private static List<Shape> shapes(String text) {
        return Pattern.compile("\\(([^)]*)\\)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(shape -> shape.replaceAll("[() ]", "").split(","))
                .map(axes -> new Shape(Arrays.stream(axes).mapToLong(Long::parseLong).toArray()))
                .toList();
    }

    /**
     * The source files, the model with the given annotations.
     *
     * @param forms annotations with the names of the networks that they make
     */
    List<JavaFileObject> sources(Map<String, String> forms) {
        List<JavaFileObject> sources = new ArrayList<>();
        files.forEach((type, text) -> sources.add(source(type, annotated(type, text, forms))));
        sources.add(source(qualified(packageName, MAKER), maker(forms.keySet())));
        return sources;
    }

    /**
     * The source files as they are, but for changes to their text.
     *
     * @param change changes the text of a file
     */
    List<JavaFileObject> sources(UnaryOperator<String> change) {
        List<JavaFileObject> sources = new ArrayList<>();
        files.forEach((type, text) -> sources.add(source(type, change.apply(text))));
        return sources;
    }

    private static JavaFileObject source(String type, String text) {
        return JavaFileObjects.forSourceString(type, text);
    }

    private String annotated(String type, String text, Map<String, String> forms) {
        if (!type.equals(qualified(packageName, name))) {
            return text;
        }
        Matcher annotation = ANNOTATION.matcher(text);
        checkState(annotation.find(), "%s is not annotated", name);
        String all = String.join(" ", forms.values());
        // the import of the annotation stays in use
        return text.substring(0, annotation.end())
                + "(m = 2) "
                + all
                + text.substring(annotation.end());
    }

    private String maker(Iterable<String> networks) {
        StringBuilder cases = new StringBuilder();
        for (String network : networks) {
            cases.append(branch(network));
        }
        return """
                %s
                import java.util.*;
                public final class Made {
                    private Made() {}
                    public static ai.djl.nn.Block make(String name) {
                        return switch (name) {
                            %s%s
                            default -> throw new IllegalArgumentException(name);
                        };
                    }
                }
                """
                .formatted(
                        packageName.isEmpty() ? "" : "package " + packageName + ";",
                        branch(name),
                        cases);
    }

    private String branch(String type) {
        StringBuilder cases = new StringBuilder();
        for (String creation : creations) {
            String made = creation.replace("$", type);
            cases.append("case \"%s\" -> %s;\n".formatted(made.replace("\"", "\\\""), made));
        }
        return cases.toString();
    }

    /** The class that makes the model and its networks by the expressions that make them. */
    String maker() {
        return qualified(packageName, MAKER);
    }

    @Override
    public String toString() {
        return Stream.of(packageName, name)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
    }
}
