/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.digits;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Images that are no digits, made from digits: the same pixels in other places, so that brightness
 * and ink tell nothing.
 */
final class Transformed {

    private Transformed() {}

    /**
     * Rows become columns: mirrored and turned by 90 degrees. A few, as 0 and 8, still look alike.
     */
    static LabeledData turned(LabeledData images) {
        int width = side(images);
        return moved(images, pixel -> pixel % width * width + pixel / width);
    }

    /** One random order of the pixels for all images: strokes are gone. */
    static LabeledData shuffled(LabeledData images, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, pixels(images)).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return moved(images, order::get);
    }

    private static LabeledData moved(LabeledData images, IntUnaryOperator from) {
        int pixels = pixels(images);
        float[] features = images.getFeatures();
        float[] moved = new float[features.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = features[i / pixels * pixels + from.applyAsInt(i % pixels)];
        }
        return LabeledData.unlabeled(moved, images.getShape());
    }

    private static int pixels(LabeledData images) {
        return Math.toIntExact(images.getShape().size());
    }

    private static int side(LabeledData images) {
        Shape shape = images.getShape();
        return Math.toIntExact(shape.get(shape.dimension() - 1));
    }
}
