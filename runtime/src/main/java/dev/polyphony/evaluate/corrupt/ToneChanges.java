/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;

/** Corruptions of tones and colours. */
final class ToneChanges {

    private ToneChanges() {}

    /** Adds {@code level} to the brightest channel, hue and saturation kept. */
    static Pixels brightness(Pixels image, double level, Random random) {
        return image.isGray()
                ? image.mapValues(value -> value + level)
                : mapColours(
                        image,
                        (value, saturation) -> Math.min(value + level, 1),
                        (value, saturation) -> saturation);
    }

    /** Multiplies saturation by {@code level}, hue and the brightest channel kept. */
    static Pixels saturate(Pixels image, double level, Random random) {
        return mapColours(
                image,
                (value, saturation) -> value,
                (value, saturation) -> Math.min(level * saturation, 1));
    }

    /** {@code mean + level (v - mean)}, of the mean of each channel. */
    static Pixels contrast(Pixels image, double level, Random random) {
        return image.mapPlanes(
                plane -> {
                    double sum = 0;
                    for (float value : plane) {
                        sum += value;
                    }
                    double mean = sum / plane.length;
                    float[] flat = new float[plane.length];
                    for (int i = 0; i < flat.length; i++) {
                        flat[i] = (float) (mean + level * (plane[i] - mean));
                    }
                    return flat;
                });
    }

    /** Changes value {@code V = max} and saturation {@code S = (max - min) / max} of each pixel. */
    private static Pixels mapColours(
            Pixels image, DoubleBinaryOperator newValue, DoubleBinaryOperator newSaturation) {
        float[][] from = image.planes();
        float[][] to = new float[from.length][image.area()];
        for (int i = 0; i < image.area(); i++) {
            double high = Math.max(from[0][i], Math.max(from[1][i], from[2][i]));
            double low = Math.min(from[0][i], Math.min(from[1][i], from[2][i]));
            double saturation = high > 0 ? (high - low) / high : 0;
            double value = newValue.applyAsDouble(high, saturation);
            double chroma = value * newSaturation.applyAsDouble(high, saturation);
            for (int c = 0; c < to.length; c++) {
                double below = high > low ? (high - from[c][i]) / (high - low) : 0;
                to[c][i] = (float) (value - chroma * below);
            }
        }
        return new Pixels(to, image.height(), image.width());
    }
}
