/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of {@code model.json} of a model of several tasks.
 *
 * @param description what the folder says of its model
 * @param files its files but this one
 */
record TasksJson(TasksDescription description, List<StoredFile> files) {

    /** The field that tells these models from those of one task. */
    static final String TASKS = "tasks";

    private static final String INPUTS = "inputs";
    private static final String NAME = "name";

    String write() {
        JsonObject root = new JsonObject();
        root.addProperty("schema", ModelJson.SCHEMA);
        root.addProperty(NAME, description.name());
        JsonArray tasks = new JsonArray();
        for (TasksDescription.Output task : description.tasks()) {
            JsonObject json = new JsonObject();
            json.addProperty(NAME, task.name());
            json.addProperty("kind", JsonFields.key(task.kind()));
            json.add("outputNames", FolderJson.tree(task.outputNames()));
            tasks.add(json);
        }
        root.add(TASKS, tasks);
        root.add("network", FolderJson.write(description.network()));
        JsonArray inputs = new JsonArray();
        for (TasksDescription.Input input : description.inputs()) {
            JsonObject json = new JsonObject();
            json.addProperty(NAME, input.name());
            InputJson.write(input.format())
                    .entrySet()
                    .forEach(e -> json.add(e.getKey(), e.getValue()));
            inputs.add(json);
        }
        root.add(INPUTS, inputs);
        JsonObject answers = new JsonObject();
        answers.addProperty("aggregation", JsonFields.key(description.aggregation()));
        root.add("answers", answers);
        FolderJson.add(
                root,
                description.training(),
                description.data(),
                description.metrics(),
                description.versions(),
                files);
        return FolderJson.text(root);
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is not of this schema; says where
     */
    static TasksJson read(String text) {
        JsonFields root = FolderJson.parse(text, ModelJson.SCHEMA);
        if (!root.has(TASKS)) {
            throw new IllegalArgumentException(
                    "it is of a model of one task, but this harness has several: load it with its own");
        }
        List<TasksDescription.Output> tasks = new ArrayList<>();
        for (JsonFields task : objects(root, TASKS)) {
            tasks.add(
                    new TasksDescription.Output(
                            task.text(NAME),
                            task.constant("kind", Task.class),
                            task.texts("outputNames")));
        }
        List<TasksDescription.Input> inputs = new ArrayList<>();
        for (JsonFields input : objects(root, INPUTS)) {
            inputs.add(new TasksDescription.Input(input.text(NAME), InputJson.read(input)));
        }
        TasksDescription description =
                new TasksDescription(
                        root.text(NAME),
                        FolderJson.network(root.fields("network")),
                        tasks,
                        inputs,
                        root.fields("answers").constant("aggregation", Aggregation.class),
                        FolderJson.training(root.fields("training")),
                        FolderJson.data(root.fields("data")),
                        FolderJson.metrics(root.fields("metrics")),
                        FolderJson.versions(root.fields("versions")));
        return new TasksJson(description, FolderJson.files(root));
    }

    /** The names of the tasks, of a text that is not wholly read. */
    static List<String> names(JsonFields root) {
        return objects(root, TASKS).stream().map(task -> task.text(NAME)).toList();
    }

    private static List<JsonFields> objects(JsonFields root, String name) {
        List<JsonFields> objects = new ArrayList<>();
        if (root.object().get(name) instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (element instanceof JsonObject object) {
                    objects.add(new JsonFields(name, object));
                }
            }
            if (objects.size() == array.size() && !objects.isEmpty()) {
                return objects;
            }
        }
        throw new IllegalArgumentException("'%s' must be a list of objects".formatted(name));
    }
}
