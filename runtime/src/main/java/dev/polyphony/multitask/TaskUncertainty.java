/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask;

import dev.polyphony.TaskKind;
import dev.polyphony.evaluate.Uncertainty;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How sure an ensemble is of its answers in one task.
 *
 * <p>Of classes, {@code total} is the entropy of the members' mean probabilities and {@code
 * disagreement} the mutual information of answer and member, both in nats; of labels, the means of
 * these over the labels. Of numbers, members say no noise: {@code disagreement} is the standard
 * deviation over members, in the units of the targets, the mean over numbers, and {@code total} the
 * same.
 */
public final class TaskUncertainty {

    private final double[] total;
    private final double[] disagreement;
    private final double[] errors;

    private TaskUncertainty(double[] total, double[] disagreement, double[] errors) {
        this.total = total;
        this.disagreement = disagreement;
        this.errors = errors;
    }

    static TaskUncertainty of(TaskAnswers answers) {
        double[] errors = answers.isJudged() ? answers.getErrors() : null;
        if (answers.getTask().kind() == TaskKind.REGRESSION) {
            double[] spread = spread(answers);
            return new TaskUncertainty(spread, spread, errors);
        }
        int n = answers.size();
        double[] total = new double[n];
        double[] disagreement = new double[n];
        if (answers.getTask().kind() == TaskKind.CLASSIFICATION) {
            double[][][] members = answers.toPredictions().getMemberProbabilities();
            for (int i = 0; i < n; i++) {
                add(members[i], 1, i, total, disagreement);
            }
        } else {
            addLabels(answers, total, disagreement);
        }
        return new TaskUncertainty(total, disagreement, errors);
    }

    /** Each label is a choice of two. */
    private static void addLabels(TaskAnswers answers, double[] total, double[] disagreement) {
        float[] outputs = answers.getOutputs();
        int members = answers.getMembers();
        int width = answers.getWidth();
        for (int i = 0; i < total.length; i++) {
            for (int k = 0; k < width; k++) {
                double[][] each = new double[members][2];
                for (int m = 0; m < members; m++) {
                    double logit = outputs[(i * members + m) * width + k];
                    each[m][1] = 1 / (1 + Math.exp(-logit));
                    each[m][0] = 1 / (1 + Math.exp(logit));
                }
                add(each, width, i, total, disagreement);
            }
        }
    }

    private static void add(
            double[][] members, int parts, int i, double[] total, double[] disagreement) {
        double[] mean = new double[members[0].length];
        for (double[] member : members) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += member[c] / members.length;
            }
        }
        total[i] += Uncertainty.entropy(mean) / parts;
        disagreement[i] += Uncertainty.mutualInformation(members) / parts;
    }

    private static double[] spread(TaskAnswers answers) {
        double[][] variances = answers.toNumbers().getVariances();
        return Arrays.stream(variances)
                .mapToDouble(row -> Arrays.stream(row).map(Math::sqrt).average().orElse(0))
                .toArray();
    }

    /**
     * Returns the uncertainty of each example.
     *
     * @return the entropy in nats, or the standard deviation over members
     */
    public double[] getTotal() {
        return total.clone();
    }

    /**
     * Returns how far members disagree on each example.
     *
     * @return the mutual information in nats, or the standard deviation over members
     */
    public double[] getDisagreement() {
        return disagreement.clone();
    }

    /**
     * Returns the mean uncertainty.
     *
     * @return the mean over examples of {@link #getTotal}
     */
    public double getMeanTotal() {
        return Arrays.stream(total).average().orElse(Double.NaN);
    }

    /**
     * Returns the mean disagreement.
     *
     * @return the mean over examples of {@link #getDisagreement}
     */
    public double getMeanDisagreement() {
        return Arrays.stream(disagreement).average().orElse(Double.NaN);
    }

    /**
     * Returns whether uncertainty finds the errors: Spearman's rank correlation of {@link
     * #getTotal} and {@link TaskAnswers#getErrors}.
     *
     * @return the correlation, from -1 to 1; NaN if either is the same for all examples
     * @throws IllegalStateException if the right answers are not known
     */
    public double getErrorCorrelation() {
        if (errors == null) {
            throw new IllegalStateException("Errors are not known without the right answers");
        }
        return correlation(ranks(total), ranks(errors));
    }

    /** Ranks from 0; equals have their mean. */
    static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }
}
