/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import java.util.List;
import java.util.Optional;

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

    String write() {
        JsonObject root = new JsonObject();
        root.addProperty("schema", SCHEMA);
        root.addProperty("name", description.name());
        root.addProperty("task", JsonFields.key(description.task()));
        root.add("network", FolderJson.write(description.network()));
        root.add("classNames", FolderJson.tree(description.classNames()));
        root.add("input", InputJson.write(description.input()));
        root.add("answers", write(description.answers()));
        FolderJson.add(
                root,
                description.training(),
                description.data(),
                description.metrics(),
                description.versions(),
                files);
        return FolderJson.text(root);
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
        JsonFields root = FolderJson.parse(text, SCHEMA);
        if (root.has(TasksJson.TASKS)) {
            throw new IllegalArgumentException(
                    "it is of a model of several tasks, %s: the harness that it was trained with loads it"
                            .formatted(String.join(", ", TasksJson.names(root))));
        }
        Task task = root.constant("task", Task.class);
        ModelDescription description =
                new ModelDescription(
                        root.text("name"),
                        FolderJson.network(root.fields("network")),
                        task,
                        root.texts("classNames"),
                        InputJson.read(root.fields("input")),
                        answers(root.fields("answers")),
                        FolderJson.training(root.fields("training")),
                        FolderJson.data(root.fields("data")),
                        FolderJson.metrics(root.fields("metrics")),
                        FolderJson.versions(root.fields("versions")));
        return new ModelJson(description, FolderJson.files(root));
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
}
