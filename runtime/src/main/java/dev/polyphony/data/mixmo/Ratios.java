/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Arrays;
import java.util.Random;

/**
 * Mixing ratios from a symmetric Dirichlet distribution; for two members, from a Beta distribution.
 *
 * <p>Drawn as gamma variables by the method of Marsaglia and Tsang, in logarithms, so that small
 * concentrations, where the variables themselves underflow, are right too.
 *
 * @see <a href="https://doi.org/10.1145/358407.358414">Marsaglia and Tsang, A simple method for
 *     generating gamma variables</a>
 */
public final class Ratios {

    private Ratios() {}

    /**
     * Draws the ratios of one example.
     *
     * @param members the number of members
     * @param concentration the concentration; 0 stands for even ratios
     * @param random the stream
     * @return a ratio for each member, together 1
     * @throws IllegalArgumentException if there is no member, or the concentration is negative or
     *     not finite
     */
    public static double[] draw(int members, double concentration, Random random) {
        Checks.requireCount("The number of members", members);
        Checks.requireConcentration(concentration);
        double[] ratios = new double[members];
        if (concentration == 0) {
            Arrays.fill(ratios, 1.0 / members);
            return ratios;
        }
        for (int m = 0; m < members; m++) {
            ratios[m] = logGamma(concentration, random);
        }
        double largest = largest(ratios);
        if (largest == Double.NEGATIVE_INFINITY) {
            // even the logarithms are out of range; in the limit one member is all of the mix
            largest = 0;
            ratios[random.nextInt(members)] = 0;
        }
        double sum = 0;
        for (int m = 0; m < members; m++) {
            ratios[m] = Math.exp(ratios[m] - largest);
            sum += ratios[m];
        }
        for (int m = 0; m < members; m++) {
            ratios[m] /= sum;
        }
        return ratios;
    }

    /** The largest of at least one number; in a loop, as there is one for each row of a batch. */
    static double largest(double[] values) {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /** The logarithm of a gamma variable of scale 1. */
    static double logGamma(double shape, Random random) {
        if (shape < 1) {
            // a variable of shape + 1, times a power of a uniform one
            return logGamma(shape + 1, random) + Math.log(1 - random.nextDouble()) / shape;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            double logV = 3 * Math.log(v);
            double u = 1 - random.nextDouble();
            if (Math.log(u) < 0.5 * x * x + d * (1 - Math.exp(logV) + logV)) {
                return Math.log(d) + logV;
            }
        }
    }
}
