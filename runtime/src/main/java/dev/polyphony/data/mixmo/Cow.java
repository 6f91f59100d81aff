/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.numbers.gamma.InverseErf;

/** Patches where blurred noise is low. */
final class Cow {

    private static final double LEAST_SHARE = 0.2;
    private static final double MOST_SHARE = 0.8;
    private static final double LEAST_SIGMA = 4;
    private static final double MOST_SIGMA = 16;

    /** How far the blur reaches, in its largest deviation. */
    private static final int REACH = 3 * (int) MOST_SIGMA;

    private Cow() {}

    /** Draws share, blur and noise. */
    static double[] draw(int[] places, Random random) {
        double share = LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * random.nextDouble();
        double octaves = Math.log(MOST_SIGMA / LEAST_SIGMA);
        double sigma = LEAST_SIGMA * Math.exp(octaves * random.nextDouble());
        double[] noise = new double[Pattern.size(places)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextGaussian();
        }
        return mask(places, noise, sigma, share);
    }

    /** Ones where the blurred noise is below the quantile of a normal distribution. */
    static double[] mask(int[] places, double[] noise, double sigma, double share) {
        double[] blurred = noise;
        int inner = noise.length;
        for (int length : places) {
            inner /= length;
            blurred = blur(blurred, length, inner, sigma);
        }
        double mean = Arrays.stream(blurred).average().orElseThrow();
        double squares = Arrays.stream(blurred).map(x -> (x - mean) * (x - mean)).sum();
        double deviation = Math.sqrt(squares / Math.max(1, blurred.length - 1));
        double threshold = mean + Math.sqrt(2) * InverseErf.value(2 * share - 1) * deviation;
        return Arrays.stream(blurred).map(x -> x <= threshold ? 1 : 0).toArray();
    }

    /** Beyond the border there are zeros. */
    private static double[] blur(double[] values, int length, int inner, double sigma) {
        double[] blurred = new double[values.length];
        double norm = 1 / Math.sqrt(2 * Math.PI * sigma * sigma);
        double[] weights = new double[Math.min(REACH, length - 1) + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = norm * Math.exp(-i * i / (2 * sigma * sigma));
        }
        for (int place = 0; place < values.length; place++) {
            int at = place / inner % length;
            int first = Math.max(0, at - weights.length + 1);
            int last = Math.min(length - 1, at + weights.length - 1);
            for (int i = first; i <= last; i++) {
                blurred[place] += weights[Math.abs(i - at)] * values[place + (i - at) * inner];
            }
        }
        return blurred;
    }
}
