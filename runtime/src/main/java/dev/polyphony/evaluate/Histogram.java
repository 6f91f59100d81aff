/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;
import java.util.Objects;

/** How many numbers lie in each of some bins of equal width. */
public final class Histogram {

    private final double from;
    private final double to;
    private final int[] counts;

    private Histogram(double from, double to, int bins) {
        if (bins < 1 || !(from < to) || !Double.isFinite(to - from)) {
            throw new IllegalArgumentException(
                    "%d bins from %s to %s: there must be at least 1 bin, and room for it"
                            .formatted(bins, from, to));
        }
        this.from = from;
        this.to = to;
        counts = new int[bins];
    }

    /**
     * Counts numbers. A number on an edge belongs to the upper bin, the last edge to the last bin.
     *
     * @param values the numbers, in any order, perhaps none
     * @param from the lowest edge
     * @param to the highest edge, above it
     * @param bins how many bins, at least 1
     * @return the histogram
     * @throws IllegalArgumentException if there is no bin, or a number lies outside the edges
     */
    public static Histogram of(double[] values, double from, double to, int bins) {
        Histogram histogram = new Histogram(from, to, bins);
        for (double value : values) {
            // written so that NaN fails
            if (!(value >= from && value <= to)) {
                throw new IllegalArgumentException(
                        "%s lies outside the bins, which reach from %s to %s"
                                .formatted(value, from, to));
            }
            int bin = (int) ((value - from) / (to - from) * bins);
            histogram.counts[Math.min(bin, bins - 1)]++;
        }
        return histogram;
    }

    /**
     * Returns the number of bins.
     *
     * @return the bins
     */
    public int size() {
        return counts.length;
    }

    /**
     * Returns an edge of a bin.
     *
     * @param edge which, from 0, the lowest, to the number of bins, the highest
     * @return the edge
     */
    public double getEdge(int edge) {
        Objects.checkIndex(edge, counts.length + 1);
        return edge == counts.length ? to : from + (to - from) * edge / counts.length;
    }

    /**
     * Returns how many numbers lie in each bin.
     *
     * @return a copy of the counts, from the lowest bin
     */
    public int[] getCounts() {
        return counts.clone();
    }

    /**
     * Returns how many numbers were counted.
     *
     * @return the sum of the counts
     */
    public int getTotal() {
        return Arrays.stream(counts).sum();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "from %s to %s: %s".formatted(from, to, Arrays.toString(counts));
    }
}
