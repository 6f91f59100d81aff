/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.List;
import java.util.stream.IntStream;

/** Equal-width bins of confidence, filled one example at a time. */
public final class BinTotals {

    private final int bins;
    private final BinRule rule;
    private final int[] count;
    private final int[] right;
    private final double[] confidence;

    /**
     * Starts with empty bins.
     *
     * @param bins the number of bins, at least 1
     * @param rule which bin a confidence is in
     */
    public BinTotals(int bins, BinRule rule) {
        if (bins < 1) {
            throw new IllegalArgumentException("%d bins: there must be at least 1".formatted(bins));
        }
        this.bins = bins;
        this.rule = rule;
        count = new int[rule.count(bins)];
        right = new int[count.length];
        confidence = new double[count.length];
    }

    /**
     * Adds an example.
     *
     * @param confidence its confidence, 0 to 1
     * @param correct whether it is right
     */
    public void add(double confidence, boolean correct) {
        int bin = rule.bin(confidence, bins);
        if (bin != BinRule.NONE) {
            count[bin]++;
            right[bin] += correct ? 1 : 0;
            this.confidence[bin] += confidence;
        }
    }

    /**
     * Adds the examples of others.
     *
     * @param other bins of the same number and rule, left as they are
     */
    public void add(BinTotals other) {
        for (int b = 0; b < count.length; b++) {
            count[b] += other.count[b];
            right[b] += other.right[b];
            confidence[b] += other.confidence[b];
        }
    }

    /**
     * Returns the bars of a reliability diagram.
     *
     * @return the bins, from low to high
     */
    public List<ReliabilityBin> toBins() {
        return IntStream.range(0, count.length).mapToObj(this::bin).toList();
    }

    private ReliabilityBin bin(int b) {
        boolean isEmpty = count[b] == 0;
        return new ReliabilityBin(
                (double) b / bins,
                Math.min(1, (b + 1.0) / bins),
                count[b],
                isEmpty ? Double.NaN : confidence[b] / count[b],
                isEmpty ? Double.NaN : (double) right[b] / count[b]);
    }

    /**
     * Returns the expected calibration error.
     *
     * @param examples how many were seen in all
     * @return the error
     */
    public double getError(int examples) {
        double sum = 0;
        for (int b = 0; b < count.length; b++) {
            sum += Math.abs(right[b] - confidence[b]);
        }
        return sum / examples;
    }
}
