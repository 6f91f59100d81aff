/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.checks.Checks;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A trained ensemble as a teacher of another model, a plain one as a rule: {@code (1 - a) L(y) + a
 * L(teacher)} in each task.
 *
 * <p>Of classes the teacher's answer is the mean over members of {@code softmax(z / T)}, and the
 * loss {@code T^2 KL(teacher || softmax(student / T))}. Of labels it is the mean of their
 * probabilities, and of numbers the mean of them, in place of the right ones in the task's own
 * loss; temperature has no part in these.
 *
 * <p>The teacher is asked once about all training data, as in prediction.
 *
 * @see <a href="https://arxiv.org/abs/1503.02531">Hinton, Vinyals and Dean, Distilling the
 *     Knowledge in a Neural Network, 2015, section 2</a>
 */
public final class Distillation {

    private final TrainedTasks teacher;
    private final double temperature;
    private final double share;

    private Distillation(TrainedTasks teacher, double temperature, double share) {
        this.teacher = teacher;
        this.temperature = temperature;
        this.share = share;
    }

    /**
     * Returns the distillation of an ensemble at the temperature 4, which counts half.
     *
     * @param teacher the ensemble, open until the student is trained
     * @return the distillation
     */
    public static Distillation of(TrainedTasks teacher) {
        return new Distillation(Objects.requireNonNull(teacher, "teacher"), 4, 0.5);
    }

    /**
     * Returns the same with another temperature.
     *
     * @param temperature how soft answers are, above 0
     * @return the distillation
     */
    public Distillation withTemperature(double temperature) {
        Checks.require("temperature", temperature, temperature > 0, "above 0");
        return new Distillation(teacher, temperature, share);
    }

    /**
     * Returns the same with another part in the loss.
     *
     * @param share what the teacher counts, from 0 to 1; the right answers count the rest
     * @return the distillation
     */
    public Distillation withShare(double share) {
        Checks.require("share of the teacher", share, share >= 0 && share <= 1, "from 0 to 1");
        return new Distillation(teacher, temperature, share);
    }

    double getTemperature() {
        return temperature;
    }

    double getShare() {
        return share;
    }

    /** The teacher's soft answers {@code [N, K]} in each task. */
    List<NDArray> teach(MultiExamples train, List<TaskSpec> tasks, NDManager manager) {
        Map<String, TaskAnswers> answers = teacher.predict(train);
        List<NDArray> soft = new ArrayList<>();
        for (TaskSpec task : tasks) {
            TaskAnswers own = answers.get(task.name());
            if (own == null || own.getTask().kind() != task.kind()) {
                throw new IllegalArgumentException(
                        "The teacher has no task '%s' of %s, but %s"
                                .formatted(task.name(), task.kind(), teacher.getTasks()));
            }
            float[] numbers = soften(own, temperature);
            soft.add(manager.create(numbers, new Shape(train.size(), own.getWidth())));
        }
        return soft;
    }

    /** The mean over members of soft answers, {@code [N, K]} in row-major order. */
    static float[] soften(TaskAnswers answers, double temperature) {
        float[] outputs = answers.getOutputs();
        int members = answers.getMembers();
        int width = answers.getWidth();
        float[] soft = new float[outputs.length / members];
        double[] row = new double[width];
        for (int i = 0; i < answers.size(); i++) {
            for (int m = 0; m < members; m++) {
                for (int k = 0; k < width; k++) {
                    row[k] = outputs[(i * members + m) * width + k];
                }
                soften(answers.getTask(), row, temperature);
                for (int k = 0; k < width; k++) {
                    soft[i * width + k] += (float) (row[k] / members);
                }
            }
        }
        return soft;
    }

    private static void soften(TaskSpec task, double[] row, double temperature) {
        switch (task.kind()) {
            case CLASSIFICATION -> {
                double largest = Double.NEGATIVE_INFINITY;
                for (double logit : row) {
                    largest = Math.max(largest, logit);
                }
                double sum = 0;
                for (int k = 0; k < row.length; k++) {
                    row[k] = Math.exp((row[k] - largest) / temperature);
                    sum += row[k];
                }
                for (int k = 0; k < row.length; k++) {
                    row[k] /= sum;
                }
            }
            case MULTI_LABEL -> {
                for (int k = 0; k < row.length; k++) {
                    row[k] = 1 / (1 + Math.exp(-row[k]));
                }
            }
            case REGRESSION -> {}
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "distilled from %s, temperature %s, share %s"
                .formatted(teacher.getName(), temperature, share);
    }
}
