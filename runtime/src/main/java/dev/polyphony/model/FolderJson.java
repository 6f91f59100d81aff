/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code model.json} says of any model, of one task or of several. */
final class FolderJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private FolderJson() {}

    static String text(JsonObject root) {
        return GSON.toJson(root) + "\n";
    }

    static JsonElement tree(Object value) {
        return GSON.toJsonTree(value);
    }

    /** Adds what stands at the end. */
    static void add(
            JsonObject root,
            TrainingSummary training,
            Map<String, DataFingerprint> data,
            Map<String, Double> figures,
            Versions versions,
            List<StoredFile> files) {
        root.add("training", GSON.toJsonTree(training));
        root.add("data", GSON.toJsonTree(data));
        JsonObject metrics = new JsonObject();
        // JSON has no NaN
        figures.forEach(
                (name, value) -> {
                    if (Double.isFinite(value)) {
                        metrics.addProperty(name, value);
                    }
                });
        root.add("metrics", metrics);
        root.add("versions", GSON.toJsonTree(versions));
        root.add("files", GSON.toJsonTree(files));
    }

    static JsonObject write(NetworkDescription network) {
        JsonObject json = new JsonObject();
        json.addProperty("className", network.className());
        json.addProperty("form", network.form());
        json.addProperty("members", network.members());
        json.addProperty("outputs", network.outputs());
        json.addProperty("parameters", network.parameters());
        network.arguments().ifPresent(all -> json.add("arguments", GSON.toJsonTree(all)));
        return json;
    }

    /**
     * Reads a text of a schema.
     *
     * @throws IllegalArgumentException if it is none; says why
     */
    static JsonFields parse(String text, int wanted) {
        JsonElement all;
        try {
            all = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getMessage(), e);
        }
        if (!(all instanceof JsonObject object)) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        JsonFields root = new JsonFields("", object);
        long schema = root.whole("schema");
        if (schema != wanted) {
            throw new IllegalArgumentException(
                    "it has the schema %d, but this version of Polyphony reads the schema %d: use %s version"
                            .formatted(schema, wanted, schema > wanted ? "a newer" : "an older"));
        }
        return root;
    }

    static NetworkDescription network(JsonFields json) {
        return new NetworkDescription(
                json.text("className"),
                json.text("form"),
                json.count("members"),
                json.count("outputs"),
                json.whole("parameters"),
                json.optional("arguments").map(FolderJson::arguments));
    }

    private static Map<String, Object> arguments(JsonFields json) {
        Map<String, Object> values = new TreeMap<>();
        for (Map.Entry<String, JsonElement> one : json.object().entrySet()) {
            if (!(one.getValue() instanceof JsonPrimitive value)) {
                throw new IllegalArgumentException(
                        "'%s.%s' must be a number, a truth value or a text"
                                .formatted(json.path(), one.getKey()));
            }
            if (value.isNumber()) {
                // as it is written: 10 is not 10.0
                values.put(one.getKey(), value.getAsBigDecimal());
            } else {
                values.put(
                        one.getKey(),
                        value.isBoolean() ? (Object) value.getAsBoolean() : value.getAsString());
            }
        }
        return values;
    }

    static TrainingSummary training(JsonFields json) {
        return new TrainingSummary(
                json.text("recipe"),
                json.text("settings"),
                json.count("epochs"),
                json.whole("updates"),
                json.object().has("forwardCalls") ? json.whole("forwardCalls") : null,
                json.number("seconds"));
    }

    static Map<String, DataFingerprint> data(JsonFields json) {
        Map<String, DataFingerprint> data = new LinkedHashMap<>();
        for (String name : json.object().keySet()) {
            JsonFields one = json.fields(name);
            data.put(name, new DataFingerprint(one.count("examples"), one.text("checksum")));
        }
        return data;
    }

    static Map<String, Double> metrics(JsonFields json) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        json.object().keySet().forEach(name -> metrics.put(name, json.number(name)));
        return metrics;
    }

    static Versions versions(JsonFields json) {
        return new Versions(
                json.text("polyphony"), json.text("djl"), json.text("engine"), json.text("java"));
    }

    static List<StoredFile> files(JsonFields root) {
        List<StoredFile> files = new ArrayList<>();
        if (!(root.object().get("files") instanceof JsonArray array)) {
            throw new IllegalArgumentException("'files' must be a list of files");
        }
        for (JsonElement element : array) {
            if (!(element instanceof JsonObject object)) {
                throw new IllegalArgumentException("'files' must be a list of files");
            }
            JsonFields file = new JsonFields("files", object);
            String name = file.text("name");
            if (!ParameterFile.isName(name)) {
                // a name that leads out of the folder is none of ours
                throw new IllegalArgumentException(
                        "'files.name' must be that of a parameter file, but is '%s'"
                                .formatted(name));
            }
            files.add(new StoredFile(name, file.whole("bytes"), file.text("sha256")));
        }
        if (files.size() != 1) {
            throw new IllegalArgumentException("'files' must be one parameter file");
        }
        return files;
    }
}
