/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The images of a test set, of which a report shows some.
 *
 * @param reader gives an image by the number of its example
 * @param classNames the names of the classes; empty if they have none but their numbers
 */
public record TestImages(IntFunction<BufferedImage> reader, List<String> classNames) {

    /** Copies the list. */
    public TestImages {
        Objects.requireNonNull(reader, "reader");
        classNames = List.copyOf(classNames);
    }

    /** Returns the name of a class. */
    String name(int label) {
        return label < classNames.size() ? classNames.get(label) : String.valueOf(label);
    }

    /**
     * Makes an image of the numbers that a model is given, from black for the least of them to
     * white for the greatest.
     *
     * @param values the numbers, channel by channel, row by row
     * @param channels 1 for shades of grey, 3 for red, green and blue
     * @param height the height
     * @param width the width
     * @return the image
     * @throws IllegalArgumentException if there are not so many values, or another number of
     *     channels
     */
    public static BufferedImage toImage(float[] values, int channels, int height, int width) {
        if (channels != 1 && channels != 3 || values.length != channels * height * width) {
            throw new IllegalArgumentException(
                    "%d values are no image of %d channels, %d by %d: there must be 1 channel, or 3"
                            .formatted(values.length, channels, height, width));
        }
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        float range = most > least ? most - least : 1;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int k = 0; k < height * width; k++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                float value = values[Math.min(c, channels - 1) * height * width + k];
                rgb = rgb << 8 | Math.round(255 * (value - least) / range);
            }
            image.setRGB(k % width, k / width, rgb);
        }
        return image;
    }
}
