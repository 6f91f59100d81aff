/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Scores of predictions against the right answers, each the mean over the examples.
 *
 * <p>All throw an {@link IllegalArgumentException} if there is no example or not one label for
 * each, if a label is no class, or if what should be probabilities has negative numbers or {@code
 * NaN}, or does not sum up to 1.
 */
public final class Scores {

    private Scores() {}

    /**
     * Accuracy: the share of examples whose predicted class is right. From 0 to 1, higher is
     * better.
     *
     * @param predicted predicted classes, {@code [N]}
     * @param labels right classes, {@code [N]}
     * @return the accuracy
     */
    public static double accuracy(int[] predicted, int[] labels) {
        return mean(predicted.length, labels, i -> predicted[i] == labels[i] ? 1 : 0);
    }

    /**
     * Top-k accuracy: the share of examples whose right class is among the {@code k} most probable.
     * Of classes that tie, the first counts as the more probable. From 0 to 1, higher is better.
     *
     * @param probabilities probabilities, {@code [N][C]}
     * @param labels right classes, {@code [N]}
     * @param k how many classes may be named, at least 1
     * @return the top-k accuracy
     */
    public static double topAccuracy(double[][] probabilities, int[] labels, int k) {
        if (k < 1) {
            throw new IllegalArgumentException(
                    "top-%d accuracy: k must be at least 1".formatted(k));
        }
        return mean(probabilities, labels, i -> rank(probabilities[i], labels[i]) < k ? 1 : 0);
    }

    /**
     * Negative log likelihood of the pooled prediction, {@code -1/N sum_i log p(y_i | x_i)}. From 0
     * up, in nats, lower is better; a strictly proper score.
     *
     * @param predictions labelled predictions
     * @return the negative log likelihood, finite for finite logits
     * @see Predictions#getLogProbability
     */
    public static double negativeLogLikelihood(Predictions predictions) {
        int[] labels = predictions.getLabels();
        return mean(predictions.size(), labels, i -> -predictions.getLogProbability(i, labels[i]));
    }

    /**
     * Negative log likelihood of given probabilities, {@code -1/N sum_i log p_i(y_i)}: infinite as
     * soon as one right answer has probability zero.
     *
     * @param probabilities probabilities, {@code [N][C]}
     * @param labels right classes, {@code [N]}
     * @return the negative log likelihood in nats
     */
    public static double negativeLogLikelihood(double[][] probabilities, int[] labels) {
        return mean(probabilities, labels, i -> -Math.log(probabilities[i][labels[i]]));
    }

    /**
     * Brier score: squared distance between the probabilities and the right answer, {@code 1/N
     * sum_i sum_c (p_i(c) - [c = y_i])^2}, summed over classes as Brier defined it. From 0 to 2,
     * lower is better; a strictly proper score.
     *
     * @param probabilities probabilities, {@code [N][C]}
     * @param labels right classes, {@code [N]}
     * @return the Brier score
     * @see <a href="https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2">Brier,
     *     Verification of forecasts expressed in terms of probability, 1950</a>
     */
    public static double brier(double[][] probabilities, int[] labels) {
        return mean(probabilities, labels, i -> brier(probabilities[i], labels[i]));
    }

    /** The Brier score of one example. */
    static double brier(double[] probabilities, int label) {
        double sum = 0;
        for (int c = 0; c < probabilities.length; c++) {
            double difference = probabilities[c] - (c == label ? 1 : 0);
            sum += difference * difference;
        }
        return sum;
    }

    /** How many classes count as more probable than the right one. */
    static int rank(double[] probabilities, int label) {
        int rank = 0;
        for (int c = 0; c < probabilities.length; c++) {
            if (probabilities[c] > probabilities[label]
                    || (probabilities[c] == probabilities[label] && c < label)) {
                rank++;
            }
        }
        return rank;
    }

    /** The mean over examples with probabilities for the classes that labels are of. */
    private static double mean(double[][] probabilities, int[] labels, IntToDoubleFunction score) {
        requireSame(probabilities.length, labels);
        Probabilities.require("example", probabilities);
        Probabilities.requireClasses(labels, probabilities[0].length);
        return mean(probabilities.length, labels, score);
    }

    private static double mean(int size, int[] labels, IntToDoubleFunction score) {
        requireSame(size, labels);
        return IntStream.range(0, size).mapToDouble(score).sum() / size;
    }

    static void requireSame(int size, int[] labels) {
        if (size == 0 || size != labels.length) {
            throw new IllegalArgumentException(
                    "%d predictions for %d labels: there must be one for each, and at least one"
                            .formatted(size, labels.length));
        }
    }
}
