/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Random;

/** Corruptions of each value by itself. */
final class Noise {

    /** How many standard deviations above its mean a count is looked for. */
    private static final double FARTHEST = 40;

    private Noise() {}

    /** {@code v + level n}, of a standard normal {@code n}. */
    static Pixels gaussian(Pixels image, double level, Random random) {
        return image.mapValues(value -> value + level * random.nextGaussian());
    }

    /** {@code v + level v n}: the brighter, the noisier. */
    static Pixels speckle(Pixels image, double level, Random random) {
        return image.mapValues(value -> value + level * value * random.nextGaussian());
    }

    /** A Poisson count of light of {@code v / level} quanta, times {@code level}. */
    static Pixels shot(Pixels image, double level, Random random) {
        return image.mapValues(value -> level * poisson(value / level, random.nextDouble()));
    }

    /** A share of the values becomes 0 or 1, each as often. */
    static Pixels impulse(Pixels image, double level, Random random) {
        return image.mapValues(
                value -> {
                    double draw = random.nextDouble();
                    double extreme = random.nextBoolean() ? 1 : 0;
                    return draw < level ? extreme : value;
                });
    }

    /** The smallest count whose distribution function is at least the draw, from 0 to 1. */
    static int poisson(double mean, double draw) {
        double probability = Math.exp(-mean);
        double sum = probability;
        int count = 0;
        // rounding may keep the sum below a draw close to 1
        double last = mean + FARTHEST * Math.sqrt(mean) + FARTHEST;
        while (sum < draw && count < last) {
            count++;
            probability *= mean / count;
            sum += probability;
        }
        return count;
    }
}
