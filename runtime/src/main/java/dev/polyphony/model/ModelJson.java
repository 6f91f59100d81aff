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
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The text of {@code model.json}.
 *
 * @param description what the folder says of its model
 * @param files its files but this one and DJL's settings
 */
record ModelJson(ModelDescription description, List<StoredFile> files) {

    /** The version of the schema; larger ones are of later versions of the library. */
    static final int SCHEMA = 1;

    private static final String CALIBRATION = "calibration";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    String write() {
        JsonObject root = new JsonObject();
        root.addProperty("schema", SCHEMA);
        root.addProperty("name", description.name());
        root.addProperty("task", JsonFields.key(description.task()));
        root.add("network", write(description.network()));
        root.add("classNames", GSON.toJsonTree(description.classNames()));
        root.add("input", InputJson.write(description.input()));
        root.add("answers", write(description.answers()));
        root.add("training", GSON.toJsonTree(description.training()));
        root.add("data", GSON.toJsonTree(description.data()));
        JsonObject metrics = new JsonObject();
        // JSON has no NaN
        description
                .metrics()
                .forEach(
                        (name, value) -> {
                            if (Double.isFinite(value)) {
                                metrics.addProperty(name, value);
                            }
                        });
        root.add("metrics", metrics);
        root.add("versions", GSON.toJsonTree(description.versions()));
        root.add("files", GSON.toJsonTree(files));
        return GSON.toJson(root) + "\n";
    }

    private static JsonObject write(NetworkDescription network) {
        JsonObject json = new JsonObject();
        json.addProperty("className", network.className());
        json.addProperty("form", network.form());
        json.addProperty("members", network.members());
        json.addProperty("outputs", network.outputs());
        json.addProperty("parameters", network.parameters());
        network.arguments().ifPresent(all -> json.add("arguments", GSON.toJsonTree(all)));
        return json;
    }

    private static JsonObject write(AnswerRule rule) {
        JsonObject json = new JsonObject();
        json.addProperty("aggregation", JsonFields.key(rule.aggregation()));
        rule.calibration()
                .ifPresent(one -> json.add(CALIBRATION, JsonParser.parseString(one.toJson())));
        rule.abstention()
                .filter(one -> Double.isFinite(one.threshold()))
                .ifPresent(
                        one -> {
                            JsonObject abstention = new JsonObject();
                            abstention.addProperty("score", JsonFields.key(one.score()));
                            abstention.addProperty("threshold", one.threshold());
                            json.add("abstention", abstention);
                        });
        return json;
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is not of this schema; says where
     */
    static ModelJson read(String text) {
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
        if (schema != SCHEMA) {
            throw new IllegalArgumentException(
                    "it has the schema %d, but this version of Polyphony reads the schema %d: use %s version"
                            .formatted(schema, SCHEMA, schema > SCHEMA ? "a newer" : "an older"));
        }
        Task task = root.constant("task", Task.class);
        ModelDescription description =
                new ModelDescription(
                        root.text("name"),
                        network(root.fields("network")),
                        task,
                        root.texts("classNames"),
                        InputJson.read(root.fields("input")),
                        answers(root.fields("answers")),
                        training(root.fields("training")),
                        data(root.fields("data")),
                        metrics(root.fields("metrics")),
                        versions(root.fields("versions")));
        return new ModelJson(description, files(root));
    }

    private static NetworkDescription network(JsonFields json) {
        return new NetworkDescription(
                json.text("className"),
                json.text("form"),
                json.count("members"),
                json.count("outputs"),
                json.whole("parameters"),
                json.optional("arguments").map(ModelJson::arguments));
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

    private static AnswerRule answers(JsonFields json) {
        Optional<AbstentionRule> abstention =
                json.optional("abstention")
                        .map(
                                rule ->
                                        new AbstentionRule(
                                                rule.constant("score", UncertaintyScore.class),
                                                rule.number("threshold")));
        Optional<EnsembleCalibration> calibration =
                json.optional(CALIBRATION)
                        .map(one -> EnsembleCalibration.fromJson(one.object().toString()));
        return new AnswerRule(
                json.constant("aggregation", Aggregation.class), calibration, abstention);
    }

    private static TrainingSummary training(JsonFields json) {
        return new TrainingSummary(
                json.text("recipe"),
                json.text("settings"),
                json.count("epochs"),
                json.whole("updates"),
                json.whole("forwardCalls"),
                json.number("seconds"));
    }

    private static Map<String, DataFingerprint> data(JsonFields json) {
        Map<String, DataFingerprint> data = new LinkedHashMap<>();
        for (String name : json.object().keySet()) {
            JsonFields one = json.fields(name);
            data.put(name, new DataFingerprint(one.count("examples"), one.text("checksum")));
        }
        return data;
    }

    private static Map<String, Double> metrics(JsonFields json) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        json.object().keySet().forEach(name -> metrics.put(name, json.number(name)));
        return metrics;
    }

    private static Versions versions(JsonFields json) {
        return new Versions(
                json.text("polyphony"), json.text("djl"), json.text("engine"), json.text("java"));
    }

    private static List<StoredFile> files(JsonFields root) {
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
