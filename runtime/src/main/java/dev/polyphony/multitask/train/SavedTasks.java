/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.DataFingerprint;
import dev.polyphony.model.NetworkDescription;
import dev.polyphony.model.TasksDescription;
import dev.polyphony.model.TasksFolder;
import dev.polyphony.model.TrainingSummary;
import dev.polyphony.model.Versions;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the folder of trained tasks says of them, and the way back.
 *
 * @param name the name for readers
 * @param tasks the outputs of the model, in order
 * @param recipe the recipe of the network's method
 * @param made how the network is made
 */
record SavedTasks(String name, List<TaskSpec> tasks, Recipe recipe, TaskNetwork made) {

    /** Describes what was trained; validation data may be null. */
    TasksDescription describe(
            Ensemble ensemble,
            String settings,
            TaskHistory history,
            MultiExamples train,
            MultiExamples validation) {
        Shape[] outputs = ensemble.getOutputShapes(train.getInputShapes(1));
        List<TasksDescription.Output> described = new ArrayList<>();
        int width = 0;
        for (int t = 0; t < outputs.length; t++) {
            TaskSpec task = tasks.get(t);
            long own = TaskObjective.requireFlat(outputs[t], task).get(2);
            width += (int) own;
            described.add(
                    new TasksDescription.Output(
                            task.name(),
                            TaskAsk.toTask(task.kind()),
                            names(task, (int) own, train)));
        }
        List<TasksDescription.Input> inputs =
                train.getInputs().stream()
                        .map(
                                input ->
                                        new TasksDescription.Input(
                                                input, train.getInputFormat(input)))
                        .toList();
        Map<String, DataFingerprint> data = new LinkedHashMap<>();
        data.put("training", new DataFingerprint(train.size(), train.getChecksum()));
        if (validation != null) {
            data.put(
                    "validation", new DataFingerprint(validation.size(), validation.getChecksum()));
        }
        return new TasksDescription(
                name,
                new NetworkDescription(
                        made.className().apply(ensemble),
                        ensemble.getForm().toString(),
                        ensemble.getMembers(),
                        width,
                        ensemble.getParameterCount(),
                        made.arguments().map(Arguments::toPlain)),
                described,
                inputs,
                recipe.aggregation(),
                new TrainingSummary(
                        recipe.toString(),
                        settings,
                        history.epochs().size(),
                        history.updates(),
                        history.seconds()),
                data,
                Map.of(),
                Versions.now());
    }

    /** A network may tell more classes apart than the data have; a task may have no answers. */
    private static List<String> names(TaskSpec task, int outputs, MultiExamples train) {
        List<String> names = new ArrayList<>();
        if (train.getAnswers().contains(task.name())) {
            names.addAll(train.getOutputNames(task.name()));
        }
        for (int i = names.size(); i < outputs; i++) {
            names.add(Integer.toString(i));
        }
        return names.subList(0, outputs);
    }

    /** Loads what was saved. */
    TrainedTasks load(Path path, Training training) throws IOException {
        TasksFolder folder = TasksFolder.open(path);
        training.prepareEngine();
        Ensemble ensemble = made.network().get();
        folder.requireNetwork(
                made.className().apply(ensemble),
                ensemble.getForm().toString(),
                tasks.stream()
                        .map(task -> task.name() + ": " + TaskAsk.toTask(task.kind()))
                        .toList());
        TasksDescription description = folder.getDescription();
        description.network().requireArguments(path, made.arguments().map(Arguments::toPlain));
        Model model = Model.newInstance(name, training.getDevice());
        try {
            model.setBlock(ensemble);
            folder.load(model);
            TrainingSummary summary = description.training();
            TaskHistory none = new TaskHistory(List.of(), summary.updates(), summary.seconds());
            return new TrainedTasks(model, description, tasks, none, null);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
