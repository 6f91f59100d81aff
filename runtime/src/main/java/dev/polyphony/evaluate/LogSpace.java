/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;

/** Softmax and its normaliser, safe for logits of any finite size. */
public final class LogSpace {

    private LogSpace() {}

    /**
     * Returns {@code log sum_i exp(x_i)}.
     *
     * @param x numbers, at least one
     * @return the sum, in logarithms
     */
    public static double logSumExp(double[] x) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (double value : x) {
            sum += Math.exp(value - max);
        }
        return max + Math.log(sum);
    }

    /** Returns {@code x_c - log sum_i exp(x_i)} for every {@code c}. */
    static double[] logSoftmax(double[] x) {
        double normaliser = logSumExp(x);
        return Arrays.stream(x).map(value -> value - normaliser).toArray();
    }

    /** Returns {@code exp(x_c) / sum_i exp(x_i)} for every {@code c}. */
    static double[] softmax(double[] x) {
        double normaliser = logSumExp(x);
        double[] probabilities = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            probabilities[c] = Math.exp(x[c] - normaliser);
        }
        return probabilities;
    }
}
