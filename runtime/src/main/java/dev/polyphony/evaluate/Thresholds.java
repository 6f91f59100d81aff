/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;

/**
 * Two samples of scores, by falling threshold: how many of either lie at or above each distinct
 * score. Equal scores always lie on the same side.
 */
final class Thresholds {

    private final double[] first;
    private final double[] second;

    /** Sees how many of the first and of the second sample reach a threshold. */
    @FunctionalInterface
    interface Visitor {

        void onThreshold(double threshold, int first, int second);
    }

    /** Takes scores in ascending order. */
    Thresholds(double[] first, double[] second) {
        this.first = first;
        this.second = second;
    }

    /** Shows each distinct score, from the highest to the lowest. */
    void visit(Visitor visitor) {
        int a = first.length;
        int b = second.length;
        while (a > 0 || b > 0) {
            double threshold =
                    Math.max(
                            a > 0 ? first[a - 1] : Double.NEGATIVE_INFINITY,
                            b > 0 ? second[b - 1] : Double.NEGATIVE_INFINITY);
            while (a > 0 && first[a - 1] == threshold) {
                a--;
            }
            while (b > 0 && second[b - 1] == threshold) {
                b--;
            }
            visitor.onThreshold(threshold, first.length - a, second.length - b);
        }
    }

    /** Checks and sorts scores into a new array. */
    static double[] sorted(double[] scores, String set) {
        double[] copy = scores.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(copy[i])) {
                throw new IllegalArgumentException(
                        "the score of example %d of the %s set is %s".formatted(i, set, scores[i]));
            }
            // -0.0 sorts below 0.0 but equals it
            copy[i] += 0.0;
        }
        Arrays.sort(copy);
        return copy;
    }
}
