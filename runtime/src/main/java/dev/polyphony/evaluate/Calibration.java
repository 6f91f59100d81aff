/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether an ensemble is right as often as it says: of the examples with confidence 0.8, four
 * fifths should be right.
 *
 * <p>All functions take the confidence in the predicted class and whether it was right.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., On Calibration of Modern Neural
 *     Networks, ICML 2017</a>
 */
public final class Calibration {

    /** The number of bins that the literature reports: {@value}. */
    public static final int BINS = 15;

    private Calibration() {}

    /**
     * Sorts examples into equal-width bins of confidence.
     *
     * @param confidence probability of the predicted class, {@code [N]}, from 0 to 1
     * @param correct whether the predicted class is right, {@code [N]}
     * @param bins number of bins, at least 1
     * @param rule which bin an edge belongs to
     * @return the bins from low to high confidence, empty ones included
     */
    public static List<ReliabilityBin> bins(
            double[] confidence, boolean[] correct, int bins, BinRule rule) {
        check(confidence, correct, bins);
        BinTotals totals = new BinTotals(bins, rule);
        for (int i = 0; i < confidence.length; i++) {
            totals.add(confidence[i], correct[i]);
        }
        return totals.toBins();
    }

    /**
     * Sorts the examples of a labelled data set into equal-width bins of confidence.
     *
     * @param predictions labelled predictions
     * @param bins number of bins, at least 1
     * @param rule which bin an edge belongs to
     * @return the bins from low to high confidence, empty ones included
     */
    public static List<ReliabilityBin> bins(Predictions predictions, int bins, BinRule rule) {
        return bins(predictions.getConfidence(), predictions.getCorrect(), bins, rule);
    }

    /**
     * Sorts examples into bins of equal mass: sorted by confidence and cut into parts whose sizes
     * differ by at most one, the larger first. With fewer examples than bins the last ones are
     * empty. Where a cut divides examples of equal confidence, the right ones among them are spread
     * evenly over both sides, so that the order of examples does not matter.
     *
     * @param confidence probability of the predicted class, {@code [N]}
     * @param correct whether the predicted class is right, {@code [N]}
     * @param bins number of bins, at least 1
     * @return the bins from low to high confidence; edges are the extreme confidences of each
     * @see <a href="https://arxiv.org/abs/1904.01685">Nixon et al., Measuring Calibration in Deep
     *     Learning, 2019</a>
     */
    public static List<ReliabilityBin> equalMassBins(
            double[] confidence, boolean[] correct, int bins) {
        check(confidence, correct, bins);
        return EqualMass.bins(
                sortedWhere(true, confidence, correct),
                sortedWhere(false, confidence, correct),
                bins);
    }

    /**
     * Smooth calibration error: the gap between accuracy and confidence, smoothed by a Gaussian
     * kernel instead of bins, whose bandwidth is the error itself. From 0 to 1, lower is better.
     *
     * <p>With residuals {@code y_i - f_i} (whether the answer is right, less the confidence in it)
     * it is the {@code s} for which {@code s = integral_0^1 |1/N sum_i K_s(t, f_i) (y_i - f_i)|
     * dt}; {@code K_s} is a Gaussian of standard deviation {@code s}, reflected at 0 and 1. Below
     * {@code 0.001} the value is exact to 0.001 only.
     *
     * @param confidence probability of the predicted class, {@code [N]}
     * @param correct whether the predicted class is right, {@code [N]}
     * @return the smooth calibration error
     * @see <a href="https://arxiv.org/abs/2309.12236">Blasiok and Nakkiran, Smooth ECE: Principled
     *     Reliability Diagrams via Kernel Smoothing, ICLR 2024</a>
     */
    public static double smoothError(double[] confidence, boolean[] correct) {
        check(confidence, correct, 1);
        return new SmoothCalibration(
                        sortedWhere(true, confidence, correct),
                        sortedWhere(false, confidence, correct))
                .getError();
    }

    /**
     * Class-wise calibration error: the expected calibration error of the probability of each
     * class, right or wrong answer or not, mean over the classes: {@code 1/C sum_c sum_b n_cb/N
     * |share_cb - p_cb|}, where {@code share_cb} is the share of examples of class {@code c} among
     * those whose probability of {@code c} lies in bin {@code b}. From 0 to 1, lower is better.
     *
     * @param probabilities probabilities, {@code [N][C]}
     * @param labels right classes, {@code [N]}
     * @param bins number of bins of equal width, the last one closed; at least 1
     * @return the class-wise calibration error
     * @see <a href="https://arxiv.org/abs/1910.12656">Kull et al., Beyond temperature scaling,
     *     NeurIPS 2019</a>
     */
    public static double classWiseError(double[][] probabilities, int[] labels, int bins) {
        Scores.requireSame(probabilities.length, labels);
        Probabilities.require("example", probabilities);
        int classes = probabilities[0].length;
        Probabilities.requireClasses(labels, classes);
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            BinTotals totals = new BinTotals(bins, BinRule.LAST_CLOSED);
            for (int i = 0; i < labels.length; i++) {
                totals.add(probabilities[i][c], labels[i] == c);
            }
            sum += totals.getError(labels.length);
        }
        return sum / classes;
    }

    /** The confidences of right or of wrong answers, in ascending order. */
    static double[] sortedWhere(boolean wanted, double[] confidence, boolean[] correct) {
        return IntStream.range(0, correct.length)
                .filter(i -> correct[i] == wanted)
                .mapToDouble(i -> confidence[i])
                .sorted()
                .toArray();
    }

    /**
     * Expected calibration error: the mean gap between accuracy and confidence, bins weighted by
     * their share of all examples, {@code sum_b n_b/N |acc_b - conf_b|}. From 0 to 1, lower is
     * better.
     *
     * @param bins the bins
     * @param examples number of all examples, also of those that the bin rule leaves out
     * @return the expected calibration error
     */
    public static double expectedError(List<ReliabilityBin> bins, int examples) {
        return bins.stream().mapToDouble(bin -> bin.count() * bin.getGap()).sum() / examples;
    }

    /**
     * Maximum calibration error: the gap of the worst bin. From 0 to 1, lower is better.
     *
     * @param bins the bins
     * @return the maximum calibration error
     */
    public static double maximumError(List<ReliabilityBin> bins) {
        return bins.stream().mapToDouble(ReliabilityBin::getGap).max().orElse(0);
    }

    /**
     * Root mean square calibration error, {@code sqrt(sum_b n_b/N (acc_b - conf_b)^2)}. From 0 to
     * 1, lower is better.
     *
     * @param bins the bins
     * @param examples number of all examples
     * @return the root mean square calibration error
     */
    public static double rootMeanSquareError(List<ReliabilityBin> bins, int examples) {
        double sum =
                bins.stream().mapToDouble(bin -> bin.count() * bin.getGap() * bin.getGap()).sum();
        return Math.sqrt(sum / examples);
    }

    private static void check(double[] confidence, boolean[] correct, int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("%d bins: there must be at least 1".formatted(bins));
        }
        if (confidence.length == 0 || confidence.length != correct.length) {
            throw new IllegalArgumentException(
                    "%d confidences for %d answers: there must be one for each, and at least one"
                            .formatted(confidence.length, correct.length));
        }
        for (int i = 0; i < confidence.length; i++) {
            if (!(confidence[i] >= 0 && confidence[i] <= 1)) {
                throw new IllegalArgumentException(
                        "the confidence of example %d is %s: it must lie between 0 and 1"
                                .formatted(i, confidence[i]));
            }
        }
    }
}
