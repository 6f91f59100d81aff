/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.Model;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.files.AtomicFile;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ensemble that has been trained in several tasks. */
public final class TrainedTasks implements AutoCloseable {

    private final Model model;
    private final Ensemble ensemble;
    private final String settings;
    private final List<TaskSpec> tasks;
    private final Aggregation aggregation;
    private final TaskHistory history;
    private final long parameters;

    TrainedTasks(
            Model model,
            String settings,
            List<TaskSpec> tasks,
            Aggregation aggregation,
            TaskHistory history) {
        this.model = model;
        this.ensemble = (Ensemble) model.getBlock();
        this.settings = settings;
        this.tasks = tasks;
        this.aggregation = aggregation;
        this.history = history;
        parameters = ensemble.getParameterCount();
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
     * @return balance, schedule and all else that was set; empty if it was loaded
     */
    public String getSettings() {
        return settings;
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
        return parameters;
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
        return MultiTaskEvaluation.of(judged, known);
    }

    private List<TaskAnswers> ask(MultiExamples data) {
        return TaskAsk.ask(ensemble, tasks, aggregation, data, model.getNDManager());
    }

    /**
     * Saves the parameters; {@link MultiTaskHarness#load} of the same harness reads them.
     *
     * @param file the file
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ensemble.saveParameters(new DataOutputStream(bytes));
        AtomicFile.write(file, bytes.toByteArray());
    }

    /** Frees the parameters. */
    @Override
    public void close() {
        model.close();
    }
}
