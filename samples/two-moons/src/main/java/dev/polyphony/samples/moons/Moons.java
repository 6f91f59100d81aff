/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.moons;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Two interleaving half circles with Gaussian noise: the upper moon {@code (cos t, sin t)} and the
 * lower {@code (1 - cos t, 1/2 - sin t)}, with {@code t} evenly from 0 to pi.
 */
final class Moons {

    private Moons() {}

    /**
     * Makes points.
     *
     * @param count the number of points, half of them in each moon
     * @param noise the standard deviation of the noise on both coordinates
     * @param seed decides the noise
     * @return the points {@code (x, y)}, the upper moon first, with the moon as class
     */
    static LabeledData points(int count, double noise, long seed) {
        Random random = new Random(seed);
        float[] features = new float[2 * count];
        int[] labels = new int[count];
        int upper = count / 2;
        for (int i = 0; i < count; i++) {
            boolean lower = i >= upper;
            double t = Math.PI * (lower ? i - upper : i) / ((lower ? count - upper : upper) - 1);
            double x = lower ? 1 - Math.cos(t) : Math.cos(t);
            double y = lower ? 0.5 - Math.sin(t) : Math.sin(t);
            features[2 * i] = (float) (x + noise * random.nextGaussian());
            features[2 * i + 1] = (float) (y + noise * random.nextGaussian());
            labels[i] = lower ? 1 : 0;
        }
        return LabeledData.of(features, new Shape(2), labels);
    }

    /** The lines of a CSV file: the moon, then the point. */
    static List<String> lines(LabeledData points) {
        float[] xy = points.getFeatures();
        return IntStream.range(0, points.size())
                .mapToObj(i -> points.getLabels()[i] + "," + xy[2 * i] + "," + xy[2 * i + 1])
                .toList();
    }
}
