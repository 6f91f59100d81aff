/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.models;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import java.util.Random;

/** Data that small networks can learn. */
public final class TestData {

    private TestData() {}

    /** Returns two moons: half circles of radius 1 that reach into one another. */
    public static LabeledData moons(int size, double noise, long seed) {
        Random random = new Random(seed);
        float[] features = new float[2 * size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            double angle = Math.PI * random.nextDouble();
            labels[i] = i % 2;
            double x = labels[i] == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
            double y = labels[i] == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
            features[2 * i] = (float) (x + noise * random.nextGaussian());
            features[2 * i + 1] = (float) (y + noise * random.nextGaussian());
        }
        return LabeledData.of(features, new Shape(2), labels);
    }

    /** Returns images {@code [1, 6, 6]} of noise with a bright row, which is the class of three. */
    public static LabeledData stripes(int size, long seed) {
        Random random = new Random(seed);
        float[] features = new float[36 * size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % 3;
            for (int place = 0; place < 36; place++) {
                double bright = place / 12 == labels[i] ? 1 : 0;
                features[36 * i + place] = (float) (bright + 0.3 * random.nextGaussian());
            }
        }
        return LabeledData.of(features, new Shape(1, 6, 6), labels);
    }
}
