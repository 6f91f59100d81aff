/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.labels;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.LogSpace;
import dev.polyphony.evaluate.MemberOutputs;
import java.util.Arrays;
import java.util.Objects;

/**
 * What an ensemble says of a data set whose examples have several labels: the probability of each
 * label, of every member and pooled.
 */
public final class MultiLabelPredictions {

    private static final double THRESHOLD = 0.5;

    private final double[][][] logits;
    private final double[][] labels;
    private final Aggregation aggregation;
    private final double[][] probabilities;

    private MultiLabelPredictions(double[][][] logits, double[][] labels, Aggregation aggregation) {
        this.logits = logits;
        this.labels = labels;
        this.aggregation = Objects.requireNonNull(aggregation, "aggregation");
        probabilities = new double[logits.length][logits[0][0].length];
        for (int i = 0; i < logits.length; i++) {
            for (int k = 0; k < probabilities[i].length; k++) {
                probabilities[i][k] = Math.exp(logProbability(i, k, 1));
            }
        }
    }

    /**
     * Takes the logits of members.
     *
     * @param logits raw scores, {@code [N, M, K]} in row-major order
     * @param labels 0 or 1 for each label, {@code [N, K]} in row-major order, or null if they are
     *     unknown
     * @param members the number of members {@code M}
     * @param width the number of labels {@code K}
     * @param aggregation how members are pooled: the mean of their probabilities, or the sigmoid of
     *     their mean logits
     * @return the predictions
     * @throws IllegalArgumentException if a length does not fit, or a logit is NaN or infinite
     */
    public static MultiLabelPredictions of(
            float[] logits, float[] labels, int members, int width, Aggregation aggregation) {
        double[][][] rows = MemberOutputs.rows(logits, members, width);
        return new MultiLabelPredictions(
                rows, MemberOutputs.targets(labels, rows.length, width), aggregation);
    }

    /** The log probability that the ensemble gives to a label being 1, or with sign -1, 0. */
    double logProbability(int example, int label, int sign) {
        int members = getMembers();
        double[] terms = new double[members];
        if (aggregation == Aggregation.LOGITS) {
            Arrays.setAll(terms, m -> logits[example][m][label] / members);
            return logSigmoid(sign * Arrays.stream(terms).sum());
        }
        Arrays.setAll(terms, m -> logSigmoid(sign * logits[example][m][label]));
        return LogSpace.logSumExp(terms) - Math.log(members);
    }

    /** The log probability that one member gives to a label being 1, or with sign -1, 0. */
    double memberLogProbability(int example, int member, int label, int sign) {
        return logSigmoid(sign * logits[example][member][label]);
    }

    /** The probabilities of one example, {@code [K]}, not a copy. */
    double[] probabilities(int example) {
        return probabilities[example];
    }

    /**
     * Returns the log probability that the ensemble gives to the right value of a label.
     *
     * @param example the example, from 0
     * @param label the label, from 0
     * @return the log probability, in nats
     * @throws IllegalStateException if the labels are unknown
     */
    public double getLogLikelihood(int example, int label) {
        double right = MemberOutputs.required(labels)[example][label];
        return right * logProbability(example, label, 1)
                + (1 - right) * logProbability(example, label, -1);
    }

    /**
     * Returns how many labels an example has.
     *
     * @return {@code K}
     */
    public int getWidth() {
        return probabilities[0].length;
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
     * Returns the right labels.
     *
     * @return a copy, {@code [N][K]}, 0 or 1
     * @throws IllegalStateException if they are unknown
     */
    public double[][] getLabels() {
        return MemberOutputs.copy(MemberOutputs.required(labels));
    }

    private static double logSigmoid(double z) {
        return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
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
        return logits[0].length;
    }

    /**
     * Returns the probability of each label.
     *
     * @return a copy, {@code [N][K]}
     */
    public double[][] getProbabilities() {
        return MemberOutputs.copy(probabilities);
    }

    /**
     * Returns the probabilities of the members.
     *
     * @return the probabilities, {@code [N][M][K]}
     */
    public double[][][] getMemberProbabilities() {
        double[][][] all = new double[size()][getMembers()][];
        for (int i = 0; i < all.length; i++) {
            for (int m = 0; m < all[i].length; m++) {
                all[i][m] = Arrays.stream(logits[i][m]).map(z -> Math.exp(logSigmoid(z))).toArray();
            }
        }
        return all;
    }

    /**
     * Returns the share of labels that are told right, each at a probability of one half.
     *
     * @return the mean over examples and labels, 0 to 1
     * @throws IllegalStateException if the labels are unknown
     */
    public double getLabelAccuracy() {
        int right = 0;
        for (int i = 0; i < size(); i++) {
            right += countRight(i);
        }
        return (double) right / (size() * probabilities[0].length);
    }

    /**
     * Returns the share of examples all of whose labels are told right.
     *
     * @return the exact match ratio, 0 to 1
     * @throws IllegalStateException if the labels are unknown
     */
    public double getExactMatch() {
        int exact = 0;
        for (int i = 0; i < size(); i++) {
            exact += countRight(i) == probabilities[i].length ? 1 : 0;
        }
        return (double) exact / size();
    }

    private int countRight(int example) {
        double[] right = MemberOutputs.required(labels)[example];
        int count = 0;
        for (int k = 0; k < right.length; k++) {
            count += probabilities[example][k] >= THRESHOLD == right[k] >= THRESHOLD ? 1 : 0;
        }
        return count;
    }

    /**
     * Returns the binary cross-entropy of the pooled probabilities.
     *
     * @return the mean over examples and labels, in nats
     * @throws IllegalStateException if the labels are unknown
     */
    public double getBinaryCrossEntropy() {
        double[][] right = MemberOutputs.required(labels);
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            for (int k = 0; k < right[i].length; k++) {
                sum -=
                        right[i][k] * logProbability(i, k, 1)
                                + (1 - right[i][k]) * logProbability(i, k, -1);
            }
        }
        return sum / (right.length * right[0].length);
    }
}
