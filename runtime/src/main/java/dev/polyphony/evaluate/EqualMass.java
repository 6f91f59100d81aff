/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.List;

/** Bins of equal mass over the confidences of right and of wrong answers. */
final class EqualMass {

    private final int size;
    private final int bins;
    private final List<ReliabilityBin> result = new ArrayList<>();

    // the bin that is being filled
    private int capacity;
    private int count;
    private double from;
    private double to;
    private double confidence;
    private double right;

    private EqualMass(int size, int bins) {
        this.size = size;
        this.bins = bins;
        begin();
    }

    /** Takes the confidences in ascending order. */
    static List<ReliabilityBin> bins(double[] right, double[] wrong, int bins) {
        EqualMass mass = new EqualMass(right.length + wrong.length, bins);
        for (int r = 0, w = 0; r < right.length || w < wrong.length; ) {
            double value =
                    Math.min(
                            r < right.length ? right[r] : Double.POSITIVE_INFINITY,
                            w < wrong.length ? wrong[w] : Double.POSITIVE_INFINITY);
            int rights = r;
            int wrongs = w;
            while (r < right.length && right[r] == value) {
                r++;
            }
            while (w < wrong.length && wrong[w] == value) {
                w++;
            }
            rights = r - rights;
            wrongs = w - wrongs;
            mass.add(value, rights + wrongs, (double) rights / (rights + wrongs));
        }
        while (mass.result.size() < bins) {
            mass.end();
        }
        return List.copyOf(mass.result);
    }

    /** Adds examples of equal confidence, an even share of them right. */
    private void add(double value, int examples, double share) {
        int left = examples;
        while (left > 0) {
            int part = Math.min(left, capacity - count);
            from = count == 0 ? value : from;
            to = value;
            count += part;
            confidence += part * value;
            right += part * share;
            left -= part;
            if (count == capacity) {
                end();
            }
        }
    }

    private void begin() {
        int bin = result.size();
        capacity = size / bins + (bin < size % bins ? 1 : 0);
        count = 0;
        from = 1;
        to = 1;
        confidence = 0;
        right = 0;
    }

    private void end() {
        result.add(
                new ReliabilityBin(
                        from,
                        to,
                        count,
                        count == 0 ? Double.NaN : confidence / count,
                        count == 0 ? Double.NaN : right / count));
        begin();
    }
}
