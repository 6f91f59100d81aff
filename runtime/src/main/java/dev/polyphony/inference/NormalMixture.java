/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * A mixture of normal distributions of equal weight.
 *
 * @param means the means
 * @param deviations the standard deviations; 0 makes a point of a single one
 */
record NormalMixture(double[] means, double[] deviations) {

    /** No normal distribution has a double's worth of probability beyond. */
    private static final double FAR = 40;

    private static final int STEPS = 200;

    double cumulative(double x) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            sum += Erfc.value((means[i] - x) / (deviations[i] * Math.sqrt(2))) / 2;
        }
        return sum / means.length;
    }

    /** Halves an interval that has the quantile until no number is between its ends. */
    double quantile(double probability) {
        if (means.length == 1 && deviations[0] == 0) {
            return means[0];
        }
        double spread = FAR * Arrays.stream(deviations).max().orElseThrow();
        double low = Arrays.stream(means).min().orElseThrow() - spread;
        double high = Arrays.stream(means).max().orElseThrow() + spread;
        for (int step = 0; step < STEPS; step++) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (cumulative(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }
}
