/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.moons;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import java.util.Random;

/** Two interleaving half circles with noise. */
public final class Moons {

    private static final double NOISE = 0.2;

    private Moons() {}

    /**
     * Makes points.
     *
     * @param count the number of points
     * @return the points with the moon as class
     */
    public static LabeledData points(int count) {
        Random random = new Random(1);
        float[] features = new float[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int moon = i % 2;
            double t = Math.PI * i / count;
            double x = moon == 0 ? Math.cos(t) : 1 - Math.cos(t);
            double y = moon == 0 ? Math.sin(t) : 0.5 - Math.sin(t);
            features[2 * i] = (float) (x + NOISE * random.nextGaussian());
            features[2 * i + 1] = (float) (y + NOISE * random.nextGaussian());
            labels[i] = moon;
        }
        return LabeledData.of(features, new Shape(2), labels);
    }
}
