/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * How unsure an ensemble is of one example, and why: its members may be unsure, or sure of
 * different things.
 *
 * <p>The functions take the members' probabilities for one example, {@code [M][C]}. They throw an
 * {@link IllegalArgumentException} if there are none, or one is negative or {@code NaN}, or those
 * of a member do not sum up to 1.
 *
 * @see <a href="https://arxiv.org/abs/1112.5745">Houlsby et al., Bayesian Active Learning for
 *     Classification and Preference Learning, 2011</a>
 */
public final class Uncertainty {

    private static final String MEMBER = "member";

    private Uncertainty() {}

    /**
     * Entropy, {@code -sum_c p(c) log p(c)} with {@code 0 log 0 = 0}. From 0 to {@code log C}, in
     * nats. Of the pooled probabilities it is the predictive entropy, the whole uncertainty.
     *
     * @param probabilities probabilities, {@code [C]}
     * @return the entropy
     */
    public static double entropy(double[] probabilities) {
        double sum = 0;
        for (double p : Probabilities.require(probabilities)) {
            sum -= p > 0 ? p * Math.log(p) : 0;
        }
        return Math.max(0, sum);
    }

    /**
     * Expected entropy: the mean of the members' entropies. From 0 to {@code log C}, in nats; the
     * part of the uncertainty that members agree on (noise in the data).
     *
     * @param members probabilities of the members, {@code [M][C]}
     * @return the expected entropy
     */
    public static double expectedEntropy(double[][] members) {
        Probabilities.require(MEMBER, members);
        double sum = 0;
        for (double[] member : members) {
            sum += entropy(member);
        }
        return sum / members.length;
    }

    /**
     * Mutual information of prediction and member (BALD): entropy of the members' mean less their
     * expected entropy. From 0 to {@code log min(M, C)}, in nats; the part of the uncertainty that
     * comes from members contradicting each other. Exactly 0 for one member.
     *
     * <p>It is defined on the mean of the probabilities, whatever {@link Aggregation} the ensemble
     * predicts with; only so is it never negative (a rounding error below 0 is cut off).
     *
     * @param members probabilities of the members, {@code [M][C]}
     * @return the mutual information
     */
    public static double mutualInformation(double[][] members) {
        double expected = expectedEntropy(members);
        return Math.max(0, entropy(mean(members)) - expected);
    }

    /**
     * Disagreement: the share of pairs of members that predict different classes. From 0 to 1; 0
     * for one member, which has nobody to disagree with.
     *
     * @param members probabilities of the members, {@code [M][C]}
     * @return the disagreement
     */
    public static double disagreement(double[][] members) {
        Probabilities.require(MEMBER, members);
        int pairs = members.length * (members.length - 1) / 2;
        int different = 0;
        for (int a = 0; a < members.length; a++) {
            for (int b = a + 1; b < members.length; b++) {
                different += argmax(members[a]) != argmax(members[b]) ? 1 : 0;
            }
        }
        return pairs == 0 ? 0 : (double) different / pairs;
    }

    /**
     * Variation ratio: the share of members that do not vote for a class, {@code 1 - votes/M}. From
     * 0 to {@code 1}.
     *
     * @param members probabilities of the members, {@code [M][C]}
     * @param predicted the class that votes are counted for: the ensemble's prediction, or the most
     *     frequent vote for the textbook's variation ratio
     * @return the variation ratio
     */
    public static double variationRatio(double[][] members, int predicted) {
        Probabilities.require(MEMBER, members);
        int classes = members[0].length;
        if (predicted < 0 || predicted >= classes) {
            throw new IllegalArgumentException(
                    "%d is not one of the %d classes (0 to %d)"
                            .formatted(predicted, classes, classes - 1));
        }
        int against = 0;
        for (double[] member : members) {
            against += argmax(member) != predicted ? 1 : 0;
        }
        return (double) against / members.length;
    }

    /** Returns the first index of the largest value. */
    static int argmax(double[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            if (values[c] > values[best]) {
                best = c;
            }
        }
        return best;
    }

    /** Returns the mean of the rows. */
    static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += row[c];
            }
        }
        // dividing last keeps the mean of probabilities at 1 or below
        for (int c = 0; c < mean.length; c++) {
            mean[c] /= rows.length;
        }
        return mean;
    }
}
