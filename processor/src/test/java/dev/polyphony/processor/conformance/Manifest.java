/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A folder of models with a {@code models.json}, which says how to construct and feed them; its
 * form is described in {@code docs/own-models.md}.
 *
 * @param sources the root of the packages
 * @param models the models
 */
record Manifest(Path sources, List<ModelEntry> models) {

    private static final int MEMBERS = 3;

    private static final Set<String> MODEL_FIELDS =
            Set.of("title", "class", "members", "settings", "refused", "edits", "methods", "cases");
    private static final Set<String> CASE_FIELDS = Set.of("title", "new", "inputs", "outputs");

    /**
     * Reads the manifest of a folder.
     *
     * @param folder the folder
     * @return the manifest
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it says what no manifest can say
     */
    static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve("models.json");
        try (Reader reader = Files.newBufferedReader(file)) {
            Fields fields =
                    new Fields(
                            file.toString(),
                            JsonParser.parseReader(reader),
                            Set.of("sources", "models"));
            Path sources = folder.resolve(fields.text("sources", ".")).normalize();
            List<ModelEntry> models = new ArrayList<>();
            for (JsonElement model : fields.list("models")) {
                models.add(model(sources, model));
            }
            if (models.isEmpty()) {
                throw new IllegalArgumentException(file + " lists no models");
            }
            return new Manifest(sources, models);
        }
    }

    private static ModelEntry model(Path sources, JsonElement element) {
        Fields fields = new Fields("A model", element, MODEL_FIELDS);
        String className = fields.text("class");
        Path file = sources.resolve(className.replace('.', '/') + ".java");
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no source of " + className + ": " + file);
        }
        List<Case> cases = fields.list("cases").stream().map(Manifest::setup).toList();
        if (cases.isEmpty()) {
            throw new IllegalArgumentException(className + " has no cases");
        }
        return new ModelEntry(
                fields.text("title", className.substring(className.lastIndexOf('.') + 1)),
                className,
                file,
                fields.number("members", MEMBERS),
                byMethod(fields.open("settings"), Manifest::attributes),
                byMethod(fields.open("refused"), JsonElement::getAsString),
                fields.list("edits").stream().map(Manifest::edit).toList(),
                fields.has("methods")
                        ? fields.list("methods").stream().map(m -> method(m.getAsString())).toList()
                        : List.of(Method.values()),
                cases);
    }

    private static Case setup(JsonElement element) {
        Fields fields = new Fields("A case", element, CASE_FIELDS);
        JsonElement outputs = fields.get("outputs");
        return new Case(
                fields.text("title", ""),
                fields.text("new"),
                fields.list("inputs").stream().map(Manifest::shape).toList(),
                outputs.isJsonArray()
                        ? fields.list("outputs").stream().map(Manifest::shape).toList()
                        : List.of(new Shape(outputs.getAsLong())));
    }

    private static Shape shape(JsonElement element) {
        List<JsonElement> sizes = element.getAsJsonArray().asList();
        return new Shape(sizes.stream().mapToLong(JsonElement::getAsLong).toArray());
    }

    private static ModelEntry.Edit edit(JsonElement element) {
        Fields fields = new Fields("An edit", element, Set.of("replace", "by"));
        return new ModelEntry.Edit(fields.text("replace"), fields.text("by"));
    }

    private static Map<String, String> attributes(JsonElement element) {
        Map<String, String> attributes = new LinkedHashMap<>();
        element.getAsJsonObject()
                .asMap()
                .forEach((name, value) -> attributes.put(name, value.getAsString()));
        return attributes;
    }

    private static <T> Map<Method, T> byMethod(JsonObject object, Function<JsonElement, T> read) {
        Map<Method, T> values = new EnumMap<>(Method.class);
        object.asMap().forEach((name, value) -> values.put(method(name), read.apply(value)));
        return values;
    }

    private static Method method(String annotation) {
        return Arrays.stream(Method.values())
                .filter(method -> method.getAnnotation().equals(annotation))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No annotation @" + annotation));
    }
}
