/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;
import java.util.Objects;

/**
 * What an ensemble says of a data set: the logits of every member, and the right answers where they
 * are known.
 *
 * <p>Immutable. Everything is derived from the logits in double precision, so that members who are
 * sure beyond what a float probability can hold still have a finite log likelihood.
 */
public final class Predictions {

    private final double[][][] logits;
    private final double[][][] memberProbabilities;
    private final double[][] probabilities;
    private final int[] labels;
    private final int members;
    private final int classes;
    private final Aggregation aggregation;

    private Predictions(double[][][] logits, int[] labels, Aggregation aggregation) {
        this.logits = logits;
        this.labels = labels;
        this.members = logits[0].length;
        this.classes = logits[0][0].length;
        this.aggregation = aggregation;
        this.memberProbabilities = new double[logits.length][members][];
        this.probabilities = new double[logits.length][];
        for (int i = 0; i < logits.length; i++) {
            for (int m = 0; m < members; m++) {
                memberProbabilities[i][m] = LogSpace.softmax(logits[i][m]);
            }
            probabilities[i] =
                    switch (aggregation) {
                        case PROBABILITIES -> Uncertainty.mean(memberProbabilities[i]);
                        case LOGITS -> LogSpace.softmax(Uncertainty.mean(logits[i]));
                    };
        }
    }

    /**
     * Takes the logits for a labelled data set.
     *
     * @param logits raw scores, {@code [N, M, C]} in row-major order
     * @param labels the right class of each example, {@code [N]}, from 0 to {@code C - 1}
     * @param members number of members {@code M}, at least 1
     * @param classes number of classes {@code C}, at least 2
     * @param aggregation how members are pooled
     * @return the predictions
     * @throws IllegalArgumentException if there are no examples, a length does not fit, a logit is
     *     NaN or infinite, or a label is no class
     */
    public static Predictions of(
            float[] logits, int[] labels, int members, int classes, Aggregation aggregation) {
        double[][][] values = unflatten(logits, members, classes);
        if (labels.length != values.length) {
            throw new IllegalArgumentException(
                    "%d labels for %d examples: give one label for each example"
                            .formatted(labels.length, values.length));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label %d of example %d is not one of the %d classes (0 to %d)"
                                .formatted(labels[i], i, classes, classes - 1));
            }
        }
        return new Predictions(values, labels.clone(), Objects.requireNonNull(aggregation));
    }

    /**
     * Takes the logits for a data set without labels, such as one from another distribution.
     *
     * @param logits raw scores, {@code [N, M, C]} in row-major order
     * @param members number of members {@code M}, at least 1
     * @param classes number of classes {@code C}, at least 2
     * @param aggregation how members are pooled
     * @return the predictions
     * @throws IllegalArgumentException if there are no examples, the length does not fit, or a
     *     logit is NaN or infinite
     */
    public static Predictions of(
            float[] logits, int members, int classes, Aggregation aggregation) {
        double[][][] values = unflatten(logits, members, classes);
        return new Predictions(values, null, Objects.requireNonNull(aggregation));
    }

    private static double[][][] unflatten(float[] logits, int members, int classes) {
        if (members < 1 || classes < 2) {
            throw new IllegalArgumentException(
                    ("%d members and %d classes: at least 1 member and 2 classes are needed"
                                    + " (turn a single score s into the two logits 0 and s)")
                            .formatted(members, classes));
        }
        int row = members * classes;
        if (logits.length == 0 || logits.length % row != 0) {
            throw new IllegalArgumentException(
                    ("%d logits cannot be [N, %d members, %d classes]: give a positive"
                                    + " multiple of %d")
                            .formatted(logits.length, members, classes, row));
        }
        double[][][] values = new double[logits.length / row][members][classes];
        for (int k = 0; k < logits.length; k++) {
            int example = k / row;
            int member = k % row / classes;
            if (!Float.isFinite(logits[k])) {
                throw new IllegalArgumentException(
                        ("the logit of example %d, member %d, class %d is %s: training has"
                                        + " diverged, or the input holds such values")
                                .formatted(example, member, k % classes, logits[k]));
            }
            values[example][member][k % classes] = logits[k];
        }
        return values;
    }

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    public int size() {
        return logits.length;
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
     * Returns the number of classes.
     *
     * @return {@code C}
     */
    public int getClasses() {
        return classes;
    }

    /**
     * Returns how the members are pooled.
     *
     * @return the aggregation
     */
    public Aggregation getAggregation() {
        return aggregation;
    }

    /**
     * Tells whether the right answers are known.
     *
     * @return true if there are labels
     */
    public boolean hasLabels() {
        return labels != null;
    }

    /**
     * Returns the right answers.
     *
     * @return a copy of the labels, {@code [N]}
     * @throws IllegalStateException if there are none
     */
    public int[] getLabels() {
        if (labels == null) {
            throw new IllegalStateException(
                    "these predictions have no labels: scores against the right answer need them");
        }
        return labels.clone();
    }

    /**
     * Returns the probabilities of the members.
     *
     * @return a copy, {@code [N][M][C]}
     */
    public double[][][] getMemberProbabilities() {
        double[][][] copy = new double[size()][][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy(memberProbabilities[i]);
        }
        return copy;
    }

    /**
     * Returns the probabilities of the ensemble.
     *
     * @return a copy, {@code [N][C]}
     */
    public double[][] getProbabilities() {
        return copy(probabilities);
    }

    /** Returns the probabilities of the ensemble for one example, {@code [C]}, not a copy. */
    double[] probabilities(int example) {
        return probabilities[example];
    }

    /** Returns those of the members, {@code [M][C]}, not a copy. */
    double[][] memberProbabilities(int example) {
        return memberProbabilities[example];
    }

    /**
     * Returns the most probable class of each example, the first of several that tie.
     *
     * @return the classes, {@code [N]}
     */
    public int[] getPredicted() {
        return Arrays.stream(probabilities).mapToInt(Uncertainty::argmax).toArray();
    }

    /**
     * Returns the probability of the predicted class of each example, from {@code 1/C} to 1.
     *
     * @return the confidences, {@code [N]}
     */
    public double[] getConfidence() {
        return Arrays.stream(probabilities).mapToDouble(p -> p[Uncertainty.argmax(p)]).toArray();
    }

    /**
     * Tells for each example whether the predicted class is right.
     *
     * @return {@code [N]}
     * @throws IllegalStateException if there are no labels
     */
    public boolean[] getCorrect() {
        int[] right = getLabels();
        int[] predicted = getPredicted();
        boolean[] correct = new boolean[right.length];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = predicted[i] == right[i];
        }
        return correct;
    }

    /**
     * Returns one member as an ensemble of its own.
     *
     * @param member the member, from 0 to {@code M - 1}
     * @return its predictions, with the same labels
     */
    public Predictions getMember(int member) {
        Objects.checkIndex(member, members);
        double[][][] own = new double[size()][][];
        for (int i = 0; i < own.length; i++) {
            own[i] = new double[][] {logits[i][member]};
        }
        return new Predictions(own, labels, aggregation);
    }

    /**
     * Returns the log probability that the ensemble gives to a class, without rounding it to zero
     * first: {@code logsumexp_m log p_m(c) - log M} for {@link Aggregation#PROBABILITIES}, the
     * log-softmax of the mean logits for {@link Aggregation#LOGITS}.
     *
     * @param example the example
     * @param label the class
     * @return the log probability, at most 0, in nats
     */
    public double getLogProbability(int example, int label) {
        return switch (aggregation) {
            case PROBABILITIES -> {
                double[] terms = new double[members];
                for (int m = 0; m < members; m++) {
                    double[] z = logits[example][m];
                    terms[m] = z[label] - LogSpace.logSumExp(z);
                }
                yield LogSpace.logSumExp(terms) - Math.log(members);
            }
            case LOGITS -> {
                double[] z = Uncertainty.mean(logits[example]);
                yield z[label] - LogSpace.logSumExp(z);
            }
        };
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
