/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.data;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.ImageBytes;
import dev.polyphony.data.ImageFormat;
import java.util.Optional;
import java.util.Random;

/** Made-up images: noise around a colour of each class. */
final class Generated {

    private static final int TRAIN = 8;
    private static final int TEST = 8;

    private static final double GRAY = 128;
    private static final double COLOUR = 64;
    private static final double NOISE = 24;
    private static final double WHITE = 255;

    private Generated() {}

    static Parts parts(ImageFormat format, int classes) {
        return new Parts(
                images(format, classes, TRAIN, 1),
                Optional.of(images(format, classes, TEST, 2)),
                images(format, classes, TEST, 3));
    }

    private static ImageBytes images(ImageFormat format, int classes, int count, long seed) {
        Random random = new Random(seed);
        Shape shape = format.shape();
        int length = Math.toIntExact(shape.size());
        int plane = Math.toIntExact(length / shape.get(0));
        byte[] pixels = new byte[count * length];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % classes;
            for (int p = 0; p < length; p++) {
                double colour = GRAY + COLOUR * Math.sin(1 + labels[i] * (1 + p / plane));
                double value = colour + NOISE * random.nextGaussian();
                pixels[i * length + p] = (byte) Math.max(0, Math.min(WHITE, value));
            }
        }
        return ImageBytes.of(pixels, shape, labels, classes)
                .withNormalization(format.means(), format.standardDeviations());
    }
}
