/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

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
    private final UnaryOperator<double[]> calibration;

    private Predictions(
            double[][][] logits,
            int[] labels,
            Aggregation aggregation,
            UnaryOperator<double[]> calibration) {
        this.logits = logits;
        this.labels = labels;
        this.members = logits[0].length;
        this.classes = logits[0][0].length;
        this.aggregation = aggregation;
        this.calibration = calibration;
        this.memberProbabilities = new double[logits.length][members][];
        this.probabilities = new double[logits.length][];
        for (int i = 0; i < logits.length; i++) {
            for (int m = 0; m < members; m++) {
                memberProbabilities[i][m] = LogSpace.softmax(logits[i][m]);
            }
            probabilities[i] =
                    aggregation == Aggregation.PROBABILITIES && calibration == null
                            // what the members' probabilities add up to, to the last bit
                            ? Uncertainty.mean(memberProbabilities[i])
                            : LogSpace.softmax(getPooledLogits(i));
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
        Probabilities.requireClasses(labels, classes);
        return new Predictions(values, labels.clone(), Objects.requireNonNull(aggregation), null);
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
        return new Predictions(values, null, Objects.requireNonNull(aggregation), null);
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

    /** Returns the logarithms of those of the members, {@code [M][C]}, finite. */
    double[][] memberLogProbabilities(int example) {
        double[][] logs = new double[members][];
        Arrays.setAll(logs, m -> LogSpace.logSoftmax(logits[example][m]));
        return logs;
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
     * Returns one member as an ensemble of its own. A calibration of the ensemble is not its own.
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
        return new Predictions(own, labels, aggregation, null);
    }

    /**
     * Returns these predictions with other pooled logits. The members stay.
     *
     * @param map gives logits {@code [C]} for the pooled logits {@code [C]} of an example; applied
     *     after those that were given before
     * @return the calibrated predictions, with the same labels
     * @throws IllegalArgumentException if it gives numbers that are not finite, or not one for each
     *     class
     */
    public Predictions calibrated(UnaryOperator<double[]> map) {
        Objects.requireNonNull(map, "map");
        UnaryOperator<double[]> both =
                calibration == null ? map : pooled -> map.apply(calibration.apply(pooled));
        return new Predictions(
                logits, labels, aggregation, pooled -> requireLogits(both.apply(pooled)));
    }

    /**
     * Returns these predictions with other logits of each member, before they are pooled. A
     * calibration of the ensemble stays, applied after pooling.
     *
     * @param maps for each member what gives logits {@code [C]} for its logits {@code [C]}
     * @return the calibrated predictions, with the same labels
     * @throws IllegalArgumentException if there is not one map for each member, or one gives
     *     numbers that are not finite, or not one for each class
     */
    public Predictions calibratedMembers(List<UnaryOperator<double[]>> maps) {
        if (maps.size() != members) {
            throw new IllegalArgumentException(
                    "there are calibrations of %d members for %d: give one for each"
                            .formatted(maps.size(), members));
        }
        double[][][] changed = new double[size()][members][];
        for (int i = 0; i < changed.length; i++) {
            for (int m = 0; m < members; m++) {
                changed[i][m] = requireLogits(maps.get(m).apply(logits[i][m].clone()));
            }
        }
        return new Predictions(changed, labels, aggregation, calibration);
    }

    private double[] requireLogits(double[] changed) {
        if (changed.length != classes || !Arrays.stream(changed).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "the calibration gives %s: there must be %d finite numbers"
                            .formatted(Arrays.toString(changed), classes));
        }
        return changed;
    }

    /**
     * Returns the raw scores of a member for one example.
     *
     * @param example the example
     * @param member the member
     * @return a copy of its logits, {@code [C]}
     */
    public double[] getMemberLogits(int example, int member) {
        return logits[example][member].clone();
    }

    /**
     * Returns the logits of the ensemble for one example: the logarithm of the mean probabilities
     * for {@link Aggregation#PROBABILITIES}, the mean logits for {@link Aggregation#LOGITS}; then
     * calibrated, if they are.
     *
     * @param example the example
     * @return the log probabilities up to a constant, {@code [C]}, finite
     */
    public double[] getPooledLogits(int example) {
        double[] pooled =
                switch (aggregation) {
                    case PROBABILITIES -> {
                        double[][] own = memberLogProbabilities(example);
                        double[] mixture = new double[classes];
                        Arrays.setAll(mixture, c -> logOfMean(own, c));
                        yield mixture;
                    }
                    case LOGITS -> Uncertainty.mean(logits[example]);
                };
        return calibration == null ? pooled : calibration.apply(pooled);
    }

    private static double logOfMean(double[][] logProbabilities, int label) {
        double[] terms = new double[logProbabilities.length];
        Arrays.setAll(terms, m -> logProbabilities[m][label]);
        return LogSpace.logSumExp(terms) - Math.log(terms.length);
    }

    /**
     * Returns the log probability that the ensemble gives to a class, without rounding it to zero
     * first: {@code logsumexp_m log p_m(c) - log M} for {@link Aggregation#PROBABILITIES}, the
     * log-softmax of the mean logits for {@link Aggregation#LOGITS}; then calibrated, if it is.
     *
     * @param example the example
     * @param label the class
     * @return the log probability, at most 0, in nats
     */
    public double getLogProbability(int example, int label) {
        return LogSpace.logSoftmax(getPooledLogits(example))[label];
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
