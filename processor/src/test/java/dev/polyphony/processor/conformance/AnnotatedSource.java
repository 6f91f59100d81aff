/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The source of a model with annotations, as a user adds them: imports, and lines before the class.
 */
final class AnnotatedSource {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s[^;]*;.*\\R");
    private static final Pattern ENUM = Pattern.compile("([A-Z]\\w*)\\.[A-Z_]+");
    private static final Pattern OWN =
            Pattern.compile(
                    Arrays.stream(Method.values())
                            .map(Method::getAnnotation)
                            .collect(
                                    Collectors.joining(
                                            "|", "(?m)^@(?:", ")\\b[ \\t]*(?:\\([^()]*\\))?\\R?")));

    private static final Pattern EXEMPT =
            Pattern.compile("@(?:dev\\.polyphony\\.)?Exempt\\b[ \\t]*(?:\\([^()]*\\))?");

    private final String text;
    private final List<Integer> added = new ArrayList<>();

    /**
     * Annotates a model.
     *
     * @param model the model
     * @param method the method, or null for the plain model
     * @param variants the networks to generate
     */
    AnnotatedSource(ModelEntry model, Method method, List<Variant> variants) throws IOException {
        String source = edited(model);
        if (variants.isEmpty()) {
            text = source;
            return;
        }
        SortedSet<String> imports = new TreeSet<>();
        List<String> annotations = new ArrayList<>();
        imports.add(method.getAnnotation());
        for (Variant variant : variants) {
            annotations.add(variant.annotation(method, model));
            Map<String, String> attributes = variant.attributes(method, model);
            for (String value : attributes.values()) {
                Matcher constant = ENUM.matcher(value);
                if (constant.matches()) {
                    imports.add(constant.group(1));
                }
            }
        }
        Matcher packageLine = PACKAGE.matcher(source);
        int top = packageLine.find() ? packageLine.end() : 0;
        Matcher head =
                Pattern.compile("(?m)^[\\w ]*\\bclass " + model.simpleName() + "\\b")
                        .matcher(source);
        if (!head.find(top)) {
            throw new IllegalArgumentException(
                    "No class " + model.simpleName() + " at the start of a line: " + model.file());
        }
        String importLines =
                imports.stream()
                        .map(name -> "import dev.polyphony." + name + ";\n")
                        .collect(Collectors.joining());
        String annotationLines = String.join("\n", annotations) + "\n";
        remember(source, top, imports.size());
        remember(source, head.start(), annotations.size());
        text =
                source.substring(0, top)
                        + importLines
                        + source.substring(top, head.start())
                        + annotationLines
                        + source.substring(head.start());
    }

    /** The model's source with its edits, without annotations that it has already. */
    private static String edited(ModelEntry model) throws IOException {
        String source = Files.readString(model.file());
        for (ModelEntry.Edit edit : model.edits()) {
            if (!source.contains(edit.old())) {
                throw new IllegalArgumentException(
                        "The text of an edit is not in " + model.file() + ": " + edit.old());
            }
            source = source.replace(edit.old(), edit.replacement());
        }
        // lines keep their numbers
        for (Pattern own : new Pattern[] {OWN, EXEMPT}) {
            source = own.matcher(source).replaceAll(found -> found.group().replaceAll(".", ""));
        }
        return source;
    }

    private void remember(String source, int position, int lines) {
        int line = (int) source.substring(0, position).lines().count();
        for (int i = 0; i < lines; i++) {
            added.add(line);
        }
    }

    String getText() {
        return text;
    }

    /** The text of a line, without the space around it. */
    String getLine(long line) {
        return text.lines().skip(line - 1).findFirst().orElse("").strip();
    }

    /** The line of the plain source that a line of this one came from. */
    long getPlainLine(long line) {
        long plain = line;
        for (int i = 0; i < added.size(); i++) {
            if (line > added.get(i) + i + 1) {
                plain--;
            }
        }
        return plain;
    }
}
