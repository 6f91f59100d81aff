/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.model.TasksDescription;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Training;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A training: makes the network, requires that all fits, trains, and frees what it took. */
final class TaskTraining {

    private final String name;
    private final List<TaskSpec> tasks;
    private final Recipe recipe;
    private final TaskOptions<?> options;
    private final Training training;
    private final double[] weights;

    TaskTraining(String name, List<TaskSpec> tasks, Recipe recipe, TaskOptions<?> options) {
        this.name = name;
        this.tasks = tasks;
        this.recipe = recipe;
        this.options = options;
        training = options.getTraining();
        weights =
                tasks.stream()
                        .mapToDouble(
                                task -> options.weights().getOrDefault(task.name(), task.weight()))
                        .toArray();
        requireNames(options.weights().keySet());
        requireNames(options.rates().keySet());
        if (Arrays.stream(weights).sum() == 0) {
            throw new IllegalArgumentException(
                    "All tasks have the weight 0: at least one must be trained");
        }
    }

    private void requireNames(Set<String> names) {
        Set<String> known = tasks.stream().map(TaskSpec::name).collect(Collectors.toSet());
        for (String each : names) {
            if (!known.contains(each)) {
                throw new IllegalArgumentException(
                        "There is no task '%s', but %s".formatted(each, known));
            }
        }
    }

    /**
     * Trains.
     *
     * @param made the network's factory, and what it makes it of
     * @param validation what each epoch is judged on, or null
     */
    TrainedTasks run(
            TaskNetwork made,
            MultiExamples train,
            MultiExamples validation,
            TaskCheckpointing checkpoints) {
        training.prepareEngine();
        Device device = requireDevice();
        // before the network is made: models may draw in their constructors
        Engine.getInstance().setRandomSeed(training.getSeed());
        Ensemble ensemble = made.network().get();
        requireForm(ensemble);
        Model model = Model.newInstance(name, device);
        Progress progress = options.newProgress(name);
        try {
            model.setBlock(ensemble);
            NDManager manager = model.getNDManager();
            Shape[] shapes = train.getInputShapes(1);
            ensemble.initialize(manager, DataType.FLOAT32, shapes);
            requireFit(ensemble, shapes, "training", train);
            if (validation != null) {
                requireFit(ensemble, shapes, "validation", validation);
            }
            TaskHistory history =
                    train(ensemble, train, validation, checkpoints, progress, manager);
            TasksDescription description =
                    new SavedTasks(name, tasks, recipe, made)
                            .describe(ensemble, options.describe(), history, train, validation);
            return new TrainedTasks(model, description, tasks, history, checkpoints.getResumed());
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        } finally {
            progress.onEnd();
        }
    }

    private Device requireDevice() {
        if (training.getDevices().length > 1) {
            throw new IllegalArgumentException(
                    "Several tasks are trained on one device, but the devices are "
                            + List.of(training.getDevices()));
        }
        return training.getDevice();
    }

    private void requireForm(Ensemble ensemble) {
        if (ensemble.getForm().getClass() != recipe.form().getClass()
                || ensemble.getMembers() != recipe.form().getMembers()) {
            throw new IllegalArgumentException(
                    "The recipe is that of %s, but the network is %s"
                            .formatted(recipe.form(), ensemble.getForm()));
        }
    }

    private void requireFit(Ensemble ensemble, Shape[] shapes, String what, MultiExamples data) {
        Shape[] given = data.getInputShapes(1);
        if (!Arrays.equals(given, shapes)) {
            throw new IllegalArgumentException(
                    "The %s data have inputs of the shapes %s, but the network was made for %s"
                            .formatted(what, Arrays.toString(given), Arrays.toString(shapes)));
        }
        Shape[] outputs = ensemble.getOutputShapes(shapes);
        TaskAsk.requireCount(tasks, outputs.length);
        for (int t = 0; t < outputs.length; t++) {
            TaskSpec task = tasks.get(t);
            if (weights[t] > 0) {
                TaskAsk.requireAnswer(task, data);
                long width = TaskObjective.requireFlat(outputs[t], task).get(2);
                TaskObjective.requireWidth(task, width, data.getOutputs(task.name()));
            }
        }
    }

    private TaskHistory train(
            Ensemble ensemble,
            MultiExamples train,
            MultiExamples validation,
            TaskCheckpointing checkpoints,
            Progress progress,
            NDManager parent) {
        int[] places = IntStream.range(0, weights.length).filter(t -> weights[t] > 0).toArray();
        List<TaskSpec> trained = Arrays.stream(places).mapToObj(tasks::get).toList();
        if (options.curriculum() != null) {
            options.curriculum().require(train.size());
        }
        try (NDManager manager = parent.newSubManager()) {
            Distillation teacher = options.teacher();
            List<NDArray> soft = teacher == null ? null : teacher.teach(train, trained, manager);
            TaskBatches data = new TaskBatches(train, trained, soft, manager);
            List<TaskObjective> objectives = new ArrayList<>();
            for (TaskSpec task : trained) {
                objectives.add(new TaskObjective(task, reduction(), teacher));
            }
            TaskRun run =
                    new TaskRun(
                            name, tasks, places, weights, recipe, options, training, ensemble,
                            progress);
            if (checkpoints.isKept()) {
                checkpoints.setRun(run, TaskFingerprint.of(run, train, validation, soft));
            }
            TaskLoop loop = new TaskLoop(run, train, validation, data);
            TaskParameters parameters = loop.findParameters(objectives, manager);
            try (GroupedOptimizer optimizer =
                    training.newOptimizer(
                            ensemble,
                            recipe.fastLearningRate(),
                            loop.rates(rateFactors(parameters, trained)))) {
                return loop.run(objectives, parameters, optimizer, checkpoints, manager);
            }
        }
    }

    /** The rate of each parameter by its id, relative to the learning rate, where it is not 1. */
    private Map<String, Double> rateFactors(TaskParameters parameters, List<TaskSpec> trained) {
        Map<String, Double> factors = new HashMap<>();
        for (int p = 0; p < parameters.trained().size(); p++) {
            int owner = parameters.owner(p);
            if (owner >= 0) {
                Double factor = options.rates().get(trained.get(owner).name());
                if (factor != null) {
                    factors.put(parameters.trained().get(p).getId(), factor);
                }
            }
        }
        return factors;
    }

    /** How the method reduces the losses of its members. */
    private Reduction reduction() {
        if (recipe.loss() instanceof MemberLoss loss) {
            return loss.getReduction();
        }
        throw new IllegalArgumentException(
                "The losses are those of the tasks, but the recipe has one of its own, %s: use the method's recipe"
                        .formatted(recipe.loss()));
    }
}
