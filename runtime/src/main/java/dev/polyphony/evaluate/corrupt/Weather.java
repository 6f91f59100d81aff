/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Arrays;
import java.util.Random;

/** Corruptions of what lies between a camera and the things. */
final class Weather {

    /** How much rougher fog is at half the distance. */
    private static final double ROUGHNESS = 0.45;

    /** The share of flakes among pixels, and the length of their way, at level 1. */
    private static final double FLAKES = 0.07;

    private static final double FALL = 5;
    private static final double VEIL = 0.6;

    /** A drop: pale water, through which a fifth of the image is seen. */
    private static final float[] WATER = {0.69f, 0.93f, 0.93f};

    private static final double OPACITY = 0.8;

    private Weather() {}

    /** {@code (v + level f) / (1 + level)}, of fog {@code f} in clouds from 0 to 1. */
    static Pixels fog(Pixels image, double level, Random random) {
        float[] fog = Clouds.draw(image.height(), image.width(), ROUGHNESS, random);
        return image.mapPlanes(
                plane -> {
                    float[] foggy = new float[plane.length];
                    for (int i = 0; i < foggy.length; i++) {
                        foggy[i] = (float) ((plane[i] + level * fog[i]) / (1 + level));
                    }
                    return foggy;
                });
    }

    /** A white veil over what is dark, and flakes that fall. */
    static Pixels snow(Pixels image, double level, Random random) {
        double angle = Math.PI * (0.25 + 0.5 * random.nextDouble());
        float[] flakes = new float[image.area()];
        for (int i = 0; i < flakes.length; i++) {
            double draw = random.nextDouble();
            double brightness = 0.5 + 0.5 * random.nextDouble();
            flakes[i] = draw < level * FLAKES ? (float) brightness : 0;
        }
        double length = FALL * level * image.unit();
        float[] falling = Kernel.line(length, angle).apply(flakes, image.height(), image.width());
        // a flake is a pixel of a 32 by 32 image; on its way it stays as bright as that
        double strength = Math.max(1, length) / 2;
        float[] gray = image.gray();
        double veil = VEIL * level;
        return image.mapPlanes(
                plane -> {
                    float[] snowy = new float[plane.length];
                    for (int i = 0; i < snowy.length; i++) {
                        double white = Math.max(plane[i], 0.5 + 0.5 * gray[i]);
                        double veiled = (1 - veil) * plane[i] + veil * white;
                        snowy[i] = (float) (veiled + strength * falling[i]);
                    }
                    return snowy;
                });
    }

    /** Drops of water on the lens, which cover a share of {@code level} of the image. */
    static Pixels spatter(Pixels image, double level, Random random) {
        float[] field = new float[image.area()];
        for (int i = 0; i < field.length; i++) {
            field[i] = (float) random.nextGaussian();
        }
        float[] smooth =
                Kernel.gaussian(field, image.height(), image.width(), Math.max(image.unit(), 0.5));
        float[] sorted = smooth.clone();
        Arrays.sort(sorted);
        float threshold = sorted[(int) Math.floor((1 - level) * (sorted.length - 1))];
        float[] water = image.colour(WATER[0], WATER[1], WATER[2]);
        float[][] planes = new float[water.length][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = image.planes()[c].clone();
            for (int i = 0; i < smooth.length; i++) {
                if (smooth[i] > threshold) {
                    planes[c][i] += (float) (OPACITY * (water[c] - planes[c][i]));
                }
            }
        }
        return new Pixels(planes, image.height(), image.width());
    }
}
