/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Random;

/** Values that are drawn for each place apart. */
final class Noise {

    private Noise() {}

    /** Draws uniform noise around a ratio. */
    static double[] draw(int size, double ratio, Random random) {
        double[] uniform = new double[size];
        for (int i = 0; i < size; i++) {
            uniform[i] = random.nextDouble();
        }
        return mask(uniform, ratio);
    }

    /** Maps the lower half of [0, 1] to [0, ratio] and the upper half to [ratio, 1]. */
    static double[] mask(double[] uniform, double ratio) {
        double[] mask = new double[uniform.length];
        for (int i = 0; i < mask.length; i++) {
            double off = uniform[i] - 0.5;
            mask[i] = ratio + 2 * (ratio * Math.min(off, 0) + (1 - ratio) * Math.max(off, 0));
        }
        return mask;
    }

    /** Draws ones with a probability, else zeros. */
    static double[] coins(int size, double probability, Random random) {
        double[] mask = new double[size];
        for (int i = 0; i < size; i++) {
            mask[i] = random.nextDouble() < probability ? 1 : 0;
        }
        return mask;
    }
}
