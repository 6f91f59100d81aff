/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.polyphony.TaskKind;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import java.util.ArrayList;
import java.util.List;

/** Asks all members of an ensemble about data, batch by batch. */
final class TaskAsk {

    private static final int BATCH = 256;

    private TaskAsk() {}

    /** The answers in each task, not judged. */
    static List<TaskAnswers> ask(
            Ensemble ensemble,
            List<TaskSpec> tasks,
            Aggregation aggregation,
            MultiExamples data,
            NDManager manager) {
        int size = data.size();
        int members = ensemble.getMembers();
        float[][] outputs = new float[tasks.size()][];
        int[] widths = new int[tasks.size()];
        for (int from = 0; from < size; from += BATCH) {
            try (NDManager batch = manager.newSubManager()) {
                NDList x = data.toInputs(batch, from, Math.min(from + BATCH, size));
                NDList y = ensemble.forward(new ParameterStore(batch, false), x, false);
                requireCount(tasks, y.size());
                for (int t = 0; t < outputs.length; t++) {
                    NDArray flat = TaskObjective.flat(y.get(t), tasks.get(t));
                    widths[t] = Math.toIntExact(flat.getShape().get(2));
                    int row = members * widths[t];
                    if (outputs[t] == null) {
                        outputs[t] = new float[Math.multiplyExact(size, row)];
                    }
                    float[] part = flat.toFloatArray();
                    System.arraycopy(part, 0, outputs[t], from * row, part.length);
                }
            }
        }
        List<TaskAnswers> answers = new ArrayList<>();
        for (int t = 0; t < outputs.length; t++) {
            answers.add(TaskAnswers.of(tasks.get(t), outputs[t], members, widths[t], aggregation));
        }
        return answers;
    }

    /** Requires an output for each task. */
    static void requireCount(List<TaskSpec> tasks, int outputs) {
        if (outputs != tasks.size()) {
            throw new IllegalArgumentException(
                    "The model has %d %s, but %d %s named (%s): name each output by @Task, in the order in which forward returns them"
                            .formatted(
                                    outputs,
                                    outputs == 1 ? "output" : "outputs",
                                    tasks.size(),
                                    tasks.size() == 1 ? "task is" : "tasks are",
                                    String.join(
                                            ", ", tasks.stream().map(TaskSpec::name).toList())));
        }
    }

    /** Answers with the right ones of the data. */
    static TaskAnswers judge(TaskAnswers answers, MultiExamples data) {
        String name = answers.getTask().name();
        requireAnswer(answers.getTask(), data);
        TaskObjective.requireWidth(answers.getTask(), answers.getWidth(), data.getOutputs(name));
        return answers.getTask().kind() == TaskKind.CLASSIFICATION
                ? answers.withClasses(data.getClasses(name))
                : answers.withTargets(data.getTargets(name));
    }

    /** Requires that data have answers of a task, of its kind. */
    static void requireAnswer(TaskSpec task, MultiExamples data) {
        if (!data.getAnswers().contains(task.name())) {
            throw new IllegalArgumentException(
                    "The data have no answers of the task '%s', but of %s: name answers as @Task does"
                            .formatted(task.name(), data.getAnswers()));
        }
        Task wanted = toTask(task.kind());
        Task given = data.getTask(task.name());
        if (given != wanted) {
            throw new IllegalArgumentException(
                    "The task '%s' is one of %s, but the data have answers of %s for it"
                            .formatted(task.name(), wanted, given));
        }
    }

    /** What data call a kind. */
    static Task toTask(TaskKind kind) {
        return switch (kind) {
            case CLASSIFICATION -> Task.CLASSIFICATION;
            case MULTI_LABEL -> Task.MULTI_LABEL;
            case REGRESSION -> Task.REGRESSION;
        };
    }
}
