/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Random;

/** Corruptions that mix a pixel with its surroundings. Levels are pixels of a 32 by 32 image. */
final class Blurs {

    /** How far apart the images of a zoom are. */
    private static final double ZOOM_STEP = 0.01;

    private Blurs() {}

    /** A Gaussian, of a standard deviation of {@code level}. */
    static Pixels gaussian(Pixels image, double level, Random random) {
        double deviation = level * image.unit();
        return image.mapPlanes(
                plane -> Kernel.gaussian(plane, image.height(), image.width(), deviation));
    }

    /** A lens out of focus: a disk with a radius of {@code level}. */
    static Pixels defocus(Pixels image, double level, Random random) {
        Kernel disk = Kernel.disk(level * image.unit());
        return image.mapPlanes(plane -> disk.apply(plane, image.height(), image.width()));
    }

    /** A camera that moves by {@code level} in any direction. */
    static Pixels motion(Pixels image, double level, Random random) {
        Kernel line = Kernel.line(level * image.unit(), Math.PI * random.nextDouble());
        return image.mapPlanes(plane -> line.apply(plane, image.height(), image.width()));
    }

    /** A camera that comes closer: the mean of zooms from 1 to {@code 1 + level}. */
    static Pixels zoom(Pixels image, double level, Random random) {
        int zooms = (int) Math.round(level / ZOOM_STEP);
        float[][] sum = new float[image.planes().length][image.area()];
        for (int z = 0; z <= zooms; z++) {
            Pixels zoomed = Sampling.zoom(image, 1 + z * ZOOM_STEP);
            for (int c = 0; c < sum.length; c++) {
                for (int i = 0; i < sum[c].length; i++) {
                    sum[c][i] += zoomed.planes()[c][i] / (zooms + 1);
                }
            }
        }
        return new Pixels(sum, image.height(), image.width());
    }
}
