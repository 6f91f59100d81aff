/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.Random;

/**
 * Mirrors some of the images, left to right.
 *
 * @param probability the probability to mirror an image, 0 to 1
 */
public record HorizontalFlip(double probability) implements Augmentation, Serializable {

    /** Requires a probability. */
    public HorizontalFlip {
        // written so that NaN fails
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "The probability of a flip must be from 0 to 1, but was " + probability);
        }
    }

    /**
     * Returns a flip.
     *
     * @param probability the probability to mirror an image, usually one half
     * @return the augmentation
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public static HorizontalFlip of(double probability) {
        return new HorizontalFlip(probability);
    }

    @Override
    public ImageBatch apply(ImageBatch batch, Random random) {
        boolean[] chosen = new boolean[batch.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = random.nextDouble() < probability;
        }
        NDArray images = batch.images();
        NDArray mask =
                images.getManager()
                        .create(chosen, new Shape(chosen.length, 1, 1, 1))
                        .broadcast(images.getShape());
        return batch.withImages(NDArrays.where(mask, images.flip(3), images));
    }

    @Override
    public String toString() {
        return "horizontal flip with probability " + probability;
    }
}
