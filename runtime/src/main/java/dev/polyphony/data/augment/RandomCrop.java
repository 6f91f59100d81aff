/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Task;
import java.io.Serializable;
import java.util.Random;

/**
 * Moves each image by up to some pixels in each direction: as if it were padded with zeros on all
 * sides and cut to its size at a random place.
 *
 * @param padding the most pixels to move by
 */
public record RandomCrop(int padding) implements Augmentation, Serializable {

    /** Requires pixels to move by. */
    public RandomCrop {
        if (padding < 1) {
            throw new IllegalArgumentException(
                    "The padding of a crop must be at least 1, but was " + padding);
        }
    }

    /**
     * Returns a crop.
     *
     * @param padding the most pixels to move by, 4 for CIFAR
     * @return the augmentation
     * @throws IllegalArgumentException if it is below 1
     */
    public static RandomCrop of(int padding) {
        return new RandomCrop(padding);
    }

    /** {@inheritDoc} */
    @Override
    public void require(Shape example, Task task) {
        Augmentation.super.require(example, task);
        if (padding >= Math.min(example.get(1), example.get(2))) {
            throw new IllegalArgumentException(
                    "A crop that moves images %s by up to %d pixels leaves nothing of some: move them by less"
                            .formatted(example, padding));
        }
    }

    /** {@inheritDoc} */
    @Override
    public ImageBatch apply(ImageBatch batch, Random random) {
        long[] down = draw(batch.size(), random);
        long[] right = draw(batch.size(), random);
        return batch.withImages(crop(batch.images(), padding, down, right));
    }

    private long[] draw(int size, Random random) {
        return random.ints(size, 0, 2 * padding + 1).asLongStream().toArray();
    }

    /** Cuts each image at a place of the padded one. */
    static NDArray crop(NDArray images, int padding, long[] down, long[] right) {
        Shape shape = images.getShape();
        NDManager manager = images.getManager();
        NDArray padded = images.pad(new Shape(padding, padding, padding, padding), 0);
        NDArray rows = Places.rows(manager, shape.get(2)).add(Places.each(manager, down));
        NDArray columns = Places.columns(manager, shape.get(3)).add(Places.each(manager, right));
        return Places.pick(padded, rows, columns);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "random crop, padding " + padding;
    }
}
