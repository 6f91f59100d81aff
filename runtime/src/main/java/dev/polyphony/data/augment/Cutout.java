/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.Random;

/**
 * Puts zeros in the place of a square of each image. Its centre is any pixel, so the square may
 * reach over the edge, as in the paper. Zero is the mean of normalised images.
 *
 * @param length the side of the square, in pixels
 * @see <a href="https://arxiv.org/abs/1708.04552">Improved regularization of convolutional neural
 *     networks with cutout</a>
 */
public record Cutout(int length) implements Augmentation, Serializable {

    /** Requires a square. */
    public Cutout {
        if (length < 1) {
            throw new IllegalArgumentException(
                    "The square of a cutout must be at least 1 pixel wide, but was " + length);
        }
    }

    /**
     * Returns a cutout.
     *
     * @param length the side of the square, in pixels: for CIFAR-10 16, for CIFAR-100 8
     * @return the augmentation
     * @throws IllegalArgumentException if it is below 1
     */
    public static Cutout of(int length) {
        return new Cutout(length);
    }

    @Override
    public ImageBatch apply(ImageBatch batch, Random random) {
        Shape shape = batch.images().getShape();
        long[] top = draw(batch.size(), (int) shape.get(2), random);
        long[] left = draw(batch.size(), (int) shape.get(3), random);
        return batch.withImages(cut(batch.images(), length, top, left));
    }

    private long[] draw(int size, int places, Random random) {
        return random.ints(size, 0, places).mapToLong(center -> center - length / 2).toArray();
    }

    /** Cuts a square out of each image, whose first row and column may lie outside. */
    static NDArray cut(NDArray images, int length, long[] top, long[] left) {
        Shape shape = images.getShape();
        NDManager manager = images.getManager();
        NDArray rows = inside(Places.rows(manager, shape.get(2)), top, length);
        NDArray columns = inside(Places.columns(manager, shape.get(3)), left, length);
        NDArray square = rows.logicalAnd(columns).expandDims(1).broadcast(shape);
        NDArray zeros = manager.zeros(new Shape(1, 1, 1, 1)).broadcast(shape);
        return NDArrays.where(square, zeros, images);
    }

    private static NDArray inside(NDArray places, long[] start, int length) {
        NDArray from = Places.each(places.getManager(), start);
        return places.gte(from).logicalAnd(places.lt(from.add(length)));
    }

    @Override
    public String toString() {
        return "cutout of length " + length;
    }
}
