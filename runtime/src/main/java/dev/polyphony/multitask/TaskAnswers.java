/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask;

import dev.polyphony.TaskKind;
import dev.polyphony.TaskMetric;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import java.util.Objects;

/** What the members of an ensemble answer in one task, and what would have been right. */
public final class TaskAnswers {

    private final TaskSpec task;
    private final int members;
    private final int width;
    private final float[] outputs;
    private final int[] labels;
    private final float[] targets;
    private final Aggregation aggregation;

    private TaskAnswers(
            TaskSpec task,
            int members,
            int width,
            float[] outputs,
            int[] labels,
            float[] targets,
            Aggregation aggregation) {
        this.task = task;
        this.members = members;
        this.width = width;
        this.outputs = outputs;
        this.labels = labels;
        this.targets = targets;
        this.aggregation = aggregation;
        if (members < 1 || width < 1 || outputs.length % (members * width) != 0) {
            throw new IllegalArgumentException(
                    "%d outputs are not those of %d members with %d each"
                            .formatted(outputs.length, members, width));
        }
        int answered =
                labels != null ? labels.length : targets == null ? -1 : targets.length / width;
        if (answered >= 0 && answered != size()) {
            throw new IllegalArgumentException(
                    "There are %d examples, but right answers of %d".formatted(size(), answered));
        }
    }

    /**
     * Takes answers of which the right ones are not known.
     *
     * @param task the task
     * @param outputs what the members give, {@code [N, M, K]} in row-major order: logits or numbers
     * @param members the number of members
     * @param width the numbers of an answer {@code K}
     * @param aggregation how members are pooled
     * @return the answers
     */
    public static TaskAnswers of(
            TaskSpec task, float[] outputs, int members, int width, Aggregation aggregation) {
        return new TaskAnswers(task, members, width, outputs, null, null, aggregation);
    }

    /**
     * Returns the same answers with the right classes.
     *
     * @param classes the class of each example
     * @return the answers
     */
    public TaskAnswers withClasses(int[] classes) {
        return new TaskAnswers(task, members, width, outputs, classes.clone(), null, aggregation);
    }

    /**
     * Returns the same answers with the right labels or numbers.
     *
     * @param right the targets {@code [N, K]} in row-major order
     * @return the answers
     */
    public TaskAnswers withTargets(float[] right) {
        return new TaskAnswers(task, members, width, outputs, null, right.clone(), aggregation);
    }

    /**
     * Returns the task.
     *
     * @return the task
     */
    public TaskSpec getTask() {
        return task;
    }

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    public int size() {
        return outputs.length / (members * width);
    }

    /**
     * Returns the number of members.
     *
     * @return {@code M}
     */
    public int getMembers() {
        return members;
    }

    /**
     * Returns how many numbers an answer has.
     *
     * @return the classes, labels or numbers {@code K}
     */
    public int getWidth() {
        return width;
    }

    /**
     * Returns what the members give.
     *
     * @return the outputs {@code [N, M, K]} in row-major order
     */
    public float[] getOutputs() {
        return outputs.clone();
    }

    /**
     * Returns whether the right answers are known.
     *
     * @return whether the answers can be judged
     */
    public boolean isJudged() {
        return labels != null || targets != null;
    }

    /**
     * Returns the answers as those of classes.
     *
     * @return the predictions
     * @throws IllegalStateException if the task is another
     */
    public Predictions toPredictions() {
        requireKind(TaskKind.CLASSIFICATION);
        return labels == null
                ? Predictions.of(outputs, members, width, aggregation)
                : Predictions.of(outputs, labels, members, width, aggregation);
    }

    /**
     * Returns the answers as numbers.
     *
     * @return the predictions
     * @throws IllegalStateException if the task is another
     */
    public RegressionPredictions toNumbers() {
        requireKind(TaskKind.REGRESSION);
        return RegressionPredictions.of(outputs, targets, members, width);
    }

    /**
     * Returns the answers as those of several labels.
     *
     * @return the predictions
     * @throws IllegalStateException if the task is another
     */
    public MultiLabelPredictions toLabels() {
        requireKind(TaskKind.MULTI_LABEL);
        return MultiLabelPredictions.of(outputs, targets, members, width, aggregation);
    }

    private void requireKind(TaskKind kind) {
        if (task.kind() != kind) {
            throw new IllegalStateException(
                    "The task '%s' is one of %s, not of %s"
                            .formatted(task.name(), task.kind(), kind));
        }
    }

    private void requireJudged() {
        if (!isJudged()) {
            throw new IllegalStateException(
                    "The right answers of the task '%s' are not known".formatted(task.name()));
        }
    }

    /**
     * Returns the answers of some of the examples.
     *
     * @param wanted for each example whether it is among them
     * @return the answers, in their order
     */
    TaskAnswers filter(boolean... wanted) {
        int count = 0;
        for (boolean one : wanted) {
            count += one ? 1 : 0;
        }
        float[] someOutputs = new float[count * members * width];
        int[] someLabels = labels == null ? null : new int[count];
        float[] someTargets = targets == null ? null : new float[count * width];
        int at = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                int row = members * width;
                System.arraycopy(outputs, i * row, someOutputs, at * row, row);
                if (someLabels != null) {
                    someLabels[at] = labels[i];
                }
                if (someTargets != null) {
                    System.arraycopy(targets, i * width, someTargets, at * width, width);
                }
                at++;
            }
        }
        return new TaskAnswers(
                task, members, width, someOutputs, someLabels, someTargets, aggregation);
    }

    /**
     * Returns a metric of the pooled members.
     *
     * @param metric a metric of the task's kind
     * @return its value; NaN if there is no variance to explain
     * @throws IllegalArgumentException if the metric is one of another kind
     * @throws IllegalStateException if the right answers are not known
     */
    public double getMetric(TaskMetric metric) {
        Objects.requireNonNull(metric, "metric");
        requireJudged();
        if (!metric.fits(task.kind())) {
            throw new IllegalArgumentException(
                    "%s is no metric of the task '%s', %s"
                            .formatted(metric, task.name(), task.kind()));
        }
        return switch (metric.of(task.kind())) {
            case ACCURACY -> Scores.accuracy(toPredictions().getPredicted(), labels);
            case MACRO_F1 -> macroF1(toPredictions().getPredicted(), labels, width);
            case NLL -> Scores.negativeLogLikelihood(toPredictions());
            case LABEL_ACCURACY -> toLabels().getLabelAccuracy();
            case BINARY_CROSS_ENTROPY -> toLabels().getBinaryCrossEntropy();
            case RMSE -> toNumbers().getRootMeanSquaredError();
            case MAE -> toNumbers().getMeanAbsoluteError();
            case R2 -> explained(toNumbers().getMeans(), targets, width);
            case DEFAULT -> throw new IllegalStateException("no metric is the default one");
        };
    }

    /** A class that is neither there nor predicted has no part in the mean. */
    static double macroF1(int[] predicted, int[] labels, int classes) {
        int[] right = new int[classes];
        int[] said = new int[classes];
        int[] there = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            said[predicted[i]]++;
            there[labels[i]]++;
            right[labels[i]] += predicted[i] == labels[i] ? 1 : 0;
        }
        double sum = 0;
        int seen = 0;
        for (int c = 0; c < classes; c++) {
            if (said[c] + there[c] > 0) {
                sum += 2.0 * right[c] / (said[c] + there[c]);
                seen++;
            }
        }
        return sum / seen;
    }

    /** One minus squared errors over squared deviations, the mean over columns. */
    static double explained(double[][] predicted, float[] targets, int width) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double mean = 0;
            for (int i = 0; i < predicted.length; i++) {
                mean += targets[i * width + k] / (double) predicted.length;
            }
            double errors = 0;
            double deviations = 0;
            for (int i = 0; i < predicted.length; i++) {
                double target = targets[i * width + k];
                errors += Math.pow(target - predicted[i][k], 2);
                deviations += Math.pow(target - mean, 2);
            }
            sum += deviations == 0 ? Double.NaN : 1 - errors / deviations;
        }
        return sum / width;
    }

    /**
     * Returns how wrong the pooled members are on each example.
     *
     * @return 1 for a wrong class and 0 for the right one; the share of wrong labels; the mean
     *     absolute error of the numbers
     * @throws IllegalStateException if the right answers are not known
     */
    public double[] getErrors() {
        requireJudged();
        double[] errors = new double[size()];
        switch (task.kind()) {
            case CLASSIFICATION -> {
                int[] predicted = toPredictions().getPredicted();
                for (int i = 0; i < errors.length; i++) {
                    errors[i] = predicted[i] == labels[i] ? 0 : 1;
                }
            }
            case MULTI_LABEL -> {
                double[][] probabilities = toLabels().getProbabilities();
                for (int i = 0; i < targets.length; i++) {
                    boolean isRight =
                            probabilities[i / width][i % width] >= 0.5 == targets[i] >= 0.5;
                    errors[i / width] += isRight ? 0 : 1.0 / width;
                }
            }
            case REGRESSION -> {
                double[][] means = toNumbers().getMeans();
                for (int i = 0; i < targets.length; i++) {
                    errors[i / width] += Math.abs(means[i / width][i % width] - targets[i]) / width;
                }
            }
        }
        return errors;
    }

    /**
     * Returns how sure the members are on each example.
     *
     * @return the uncertainty
     */
    public TaskUncertainty getUncertainty() {
        return TaskUncertainty.of(this);
    }
}
