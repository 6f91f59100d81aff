/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.Model;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.model.TasksDescription;
import dev.polyphony.model.TasksFolder;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.progress.Resumed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An ensemble that has been trained in several tasks. */
public final class TrainedTasks implements AutoCloseable {

    private final Model model;
    private final Ensemble ensemble;
    private final List<TaskSpec> tasks;
    private final TaskHistory history;
    private final Resumed resumed;
    private TasksDescription description;

    /** The place that training went on from may be null. */
    TrainedTasks(
            Model model,
            TasksDescription description,
            List<TaskSpec> tasks,
            TaskHistory history,
            Resumed resumed) {
        this.model = model;
        this.ensemble = (Ensemble) model.getBlock();
        this.description = description;
        this.tasks = tasks;
        this.history = history;
        this.resumed = resumed;
        ensemble.freezeParameters(true);
    }

    /**
     * Returns the name for readers.
     *
     * @return the name
     */
    public String getName() {
        return model.getName();
    }

    /**
     * Returns the settings for readers.
     *
     * @return balance, schedule and all else that was set
     */
    public String getSettings() {
        return description.training().settings();
    }

    /**
     * Returns what a model folder says of the ensemble.
     *
     * @return the description, with the metrics of the last evaluation
     */
    public TasksDescription getDescription() {
        return description;
    }

    /**
     * Returns where training went on from.
     *
     * @return the place; empty if it began, or if the ensemble was loaded
     */
    public Optional<Resumed> getResumed() {
        return Optional.ofNullable(resumed);
    }

    /**
     * Returns the tasks.
     *
     * @return the outputs of the model, in order
     */
    public List<TaskSpec> getTasks() {
        return tasks;
    }

    /**
     * Returns the network.
     *
     * @return the ensemble, which gives an output {@code [B, M, y...]} for each task
     */
    public Ensemble getEnsemble() {
        return ensemble;
    }

    /**
     * Returns the model that owns the parameters.
     *
     * @return DJL's model
     */
    public Model getModel() {
        return model;
    }

    /**
     * Returns how training went.
     *
     * @return the history; without epochs if it was loaded
     */
    public TaskHistory getHistory() {
        return history;
    }

    /**
     * Returns the number of trained numbers.
     *
     * @return the parameters
     */
    public long getParameterCount() {
        return description.network().parameters();
    }

    /**
     * Asks all members about data, whose right answers may be unknown.
     *
     * @param data the examples
     * @return the answers by the names of the tasks, in the order of the outputs
     */
    public Map<String, TaskAnswers> predict(MultiExamples data) {
        Map<String, TaskAnswers> answers = new LinkedHashMap<>();
        ask(data).forEach(own -> answers.put(own.getTask().name(), own));
        return answers;
    }

    /**
     * Judges all tasks.
     *
     * @param data the examples, with an answer for each task
     * @return the evaluation
     * @throws IllegalArgumentException if an answer is missing or of another kind
     */
    public MultiTaskEvaluation evaluate(MultiExamples data) {
        List<TaskAnswers> judged = new ArrayList<>();
        List<boolean[]> known = new ArrayList<>();
        for (TaskAnswers own : ask(data)) {
            judged.add(TaskAsk.judge(own, data));
            known.add(data.getKnown(own.getTask().name()));
        }
        MultiTaskEvaluation evaluation = MultiTaskEvaluation.of(judged, known);
        description = description.withMetrics(metrics(evaluation));
        return evaluation;
    }

    private static Map<String, Double> metrics(MultiTaskEvaluation evaluation) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        double[] values = evaluation.getMetrics();
        List<TaskSpec> judged = evaluation.getTasks();
        for (int t = 0; t < values.length; t++) {
            TaskSpec task = judged.get(t);
            metrics.put("%s %s".formatted(task.name(), task.metric().getTitle()), values[t]);
        }
        return metrics;
    }

    private List<TaskAnswers> ask(MultiExamples data) {
        return TaskAsk.ask(ensemble, tasks, description.aggregation(), data, model.getNDManager());
    }

    /**
     * Saves the ensemble; {@link MultiTaskHarness#load} of the same harness loads it.
     *
     * @param folder the folder; made if it is not there
     * @throws IOException if it cannot be written; an earlier model is as it was
     */
    public void save(Path folder) throws IOException {
        TasksFolder.save(folder, description, model);
    }

    /** Frees the parameters. */
    @Override
    public void close() {
        model.close();
    }
}
