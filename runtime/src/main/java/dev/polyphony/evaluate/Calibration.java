/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
        int[] count = new int[rule.count(bins)];
        int[] right = new int[count.length];
        double[] sum = new double[count.length];
        for (int i = 0; i < confidence.length; i++) {
            int bin = rule.bin(confidence[i], bins);
            if (bin != BinRule.NONE) {
                count[bin]++;
                right[bin] += correct[i] ? 1 : 0;
                sum[bin] += confidence[i];
            }
        }
        return IntStream.range(0, count.length)
                .mapToObj(
                        b ->
                                new ReliabilityBin(
                                        (double) b / bins,
                                        Math.min(1, (b + 1.0) / bins),
                                        count[b],
                                        count[b] == 0 ? Double.NaN : sum[b] / count[b],
                                        count[b] == 0 ? Double.NaN : (double) right[b] / count[b]))
                .toList();
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
     * empty.
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
        int[] order =
                IntStream.range(0, confidence.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> confidence[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<ReliabilityBin> result = new ArrayList<>();
        int start = 0;
        for (int b = 0; b < bins; b++) {
            int size = order.length / bins + (b < order.length % bins ? 1 : 0);
            int[] part = Arrays.copyOfRange(order, start, start + size);
            double from = size == 0 ? 1 : confidence[part[0]];
            double to = size == 0 ? 1 : confidence[part[size - 1]];
            double mean =
                    Arrays.stream(part)
                            .mapToDouble(i -> confidence[i])
                            .average()
                            .orElse(Double.NaN);
            double accuracy =
                    Arrays.stream(part)
                            .mapToDouble(i -> correct[i] ? 1 : 0)
                            .average()
                            .orElse(Double.NaN);
            result.add(new ReliabilityBin(from, to, size, mean, accuracy));
            start += size;
        }
        return List.copyOf(result);
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
