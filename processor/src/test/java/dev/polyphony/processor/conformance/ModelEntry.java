/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import dev.polyphony.processor.method.Method;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of a manifest.
 *
 * @param title its name in tables
 * @param className the qualified name of the class to annotate
 * @param file its source
 * @param members the number of members
 * @param settings attributes of annotations, by method
 * @param refused a part of the message with which a method must refuse the model, by method
 * @param edits pairs of texts, the first of which is replaced in the source by the second
 * @param methods the methods to look at
 * @param cases the ways to construct it
 */
record ModelEntry(
        String title,
        String className,
        Path file,
        int members,
        Map<Method, Map<String, String>> settings,
        Map<Method, String> refused,
        List<Edit> edits,
        List<Method> methods,
        List<Case> cases) {

    /** A text of the source, and what a user would write in its place. */
    record Edit(String old, String replacement) {}

    String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** The package, or an empty text. */
    String packageName() {
        return className.contains(".") ? className.substring(0, className.lastIndexOf('.')) : "";
    }

    /** The attributes of a method's annotation, in the order of the manifest. */
    Map<String, String> attributes(Method method) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("m", String.valueOf(members));
        attributes.putAll(settings.getOrDefault(method, Map.of()));
        return attributes;
    }

    /** The number of members for a method. */
    int members(Method method) {
        return Integer.parseInt(attributes(method).get("m"));
    }
}
