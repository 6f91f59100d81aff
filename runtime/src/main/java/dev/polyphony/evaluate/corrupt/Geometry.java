/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Random;

/** Corruptions of where things are. */
final class Geometry {

    /** How far a wave of rubber reaches, in pixels of a 32 by 32 image. */
    private static final double SMOOTHNESS = 2.5;

    private Geometry() {}

    /** Pulls pixels to and fro, by {@code level} pixels of a 32 by 32 image on average. */
    static Pixels elastic(Pixels image, double level, Random random) {
        float[] down = waves(image, level, random);
        float[] right = waves(image, level, random);
        return Sampling.move(
                image,
                (y, x, place) -> {
                    place[0] = y + down[y * image.width() + x];
                    place[1] = x + right[y * image.width() + x];
                });
    }

    /** A smooth random field with a root mean square of so many pixels. */
    private static float[] waves(Pixels image, double level, Random random) {
        float[] field = new float[image.area()];
        for (int i = 0; i < field.length; i++) {
            field[i] = (float) random.nextGaussian();
        }
        float[] smooth =
                Kernel.gaussian(field, image.height(), image.width(), SMOOTHNESS * image.unit());
        double squares = 0;
        for (float value : smooth) {
            squares += value * value;
        }
        double scale = level * image.unit() / Math.sqrt(squares / smooth.length);
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] *= (float) scale;
        }
        return smooth;
    }

    /** Turns by {@code level} degrees to either side. */
    static Pixels rotate(Pixels image, double level, Random random) {
        return Sampling.rotate(image, random.nextBoolean() ? level : -level);
    }

    /** Shifts by {@code level} pixels of a 32 by 32 image in any direction. */
    static Pixels translate(Pixels image, double level, Random random) {
        double angle = 2 * Math.PI * random.nextDouble();
        double pixels = level * image.unit();
        return Sampling.shift(image, pixels * Math.sin(angle), pixels * Math.cos(angle));
    }
}
