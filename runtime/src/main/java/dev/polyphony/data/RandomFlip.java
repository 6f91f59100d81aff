/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Transform;
import java.util.Random;

/**
 * Mirrors images at random, for the pipelines of DJL's data sets, after {@code ToTensor}: images
 * {@code [C, H, W]}, or batches {@code [B, C, H, W]}, of which each image is drawn for itself.
 * DJL's own {@code RandomFlipLeftRight} and {@code RandomFlipTopBottom} leave images as they are.
 */
public final class RandomFlip implements Transform {

    private final int axis;
    private final double probability;
    private final Random random;

    private RandomFlip(int axis, double probability, long seed) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "The probability must be from 0 to 1, but was " + probability);
        }
        this.axis = axis;
        this.probability = probability;
        random = Seeds.random(seed);
    }

    /**
     * Creates a transform that changes left and right.
     *
     * @param probability the probability to mirror an image, from 0 to 1
     * @param seed the seed of the draws
     * @return the transform
     * @throws IllegalArgumentException if the probability is not from 0 to 1
     */
    public static RandomFlip leftRight(double probability, long seed) {
        return new RandomFlip(1, probability, seed);
    }

    /**
     * Creates a transform that changes top and bottom.
     *
     * @param probability the probability to mirror an image, from 0 to 1
     * @param seed the seed of the draws
     * @return the transform
     * @throws IllegalArgumentException if the probability is not from 0 to 1
     */
    public static RandomFlip topBottom(double probability, long seed) {
        return new RandomFlip(2, probability, seed);
    }

    /**
     * Mirrors some of the images.
     *
     * @param array an image {@code [C, H, W]} or a batch {@code [B, C, H, W]}
     * @return the images
     * @throws IllegalArgumentException if the array has other axes
     */
    @Override
    public NDArray transform(NDArray array) {
        Shape shape = array.getShape();
        int axes = shape.dimension();
        if (axes != 3 && axes != 4) {
            throw new IllegalArgumentException(
                    "Images are [C, H, W] or [B, C, H, W], but this array is " + shape);
        }
        boolean[] chosen = new boolean[axes == 3 ? 1 : Math.toIntExact(shape.get(0))];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = random.nextDouble() < probability;
        }
        Shape each = axes == 3 ? new Shape(1, 1, 1) : new Shape(chosen.length, 1, 1, 1);
        NDArray mask = array.getManager().create(chosen, each).broadcast(shape);
        return NDArrays.where(mask, array.flip(axes - axis), array);
    }
}
