/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Rows and columns of images as arrays that broadcast over a batch of them. */
final class Places {

    private Places() {}

    /** A number for each image, {@code [N, 1, 1]}. */
    static NDArray each(NDManager manager, long... values) {
        return manager.create(values, new Shape(values.length, 1, 1));
    }

    /** A number for each image, {@code [N, 1, 1]}. */
    static NDArray each(NDManager manager, float... values) {
        return manager.create(values, new Shape(values.length, 1, 1));
    }

    /** The rows {@code [1, H, 1]}. */
    static NDArray rows(NDManager manager, long height) {
        return range(manager, height).reshape(1, height, 1);
    }

    /** The columns {@code [1, 1, W]}. */
    static NDArray columns(NDManager manager, long width) {
        return range(manager, width).reshape(1, 1, width);
    }

    private static NDArray range(NDManager manager, long length) {
        return manager.arange(0, length, 1, DataType.INT64);
    }

    /**
     * Takes a pixel of each image for each new place.
     *
     * @param images the images {@code [N, C, H, W]}
     * @param rows the row for each new place, {@code int64} that broadcasts to {@code [N, H', W']}
     * @param columns the column for each new place, likewise
     * @return the images {@code [N, C, H', W']}
     */
    static NDArray pick(NDArray images, NDArray rows, NDArray columns) {
        Shape shape = images.getShape();
        long size = shape.get(0);
        long channels = shape.get(1);
        NDArray width = images.getManager().full(new Shape(), shape.get(3), DataType.INT64);
        NDArray places = rows.mul(width).add(columns);
        Shape out = places.getShape();
        NDArray index =
                places.reshape(size, 1, out.get(1) * out.get(2))
                        .broadcast(size, channels, out.get(1) * out.get(2));
        return images.reshape(size, channels, -1)
                .gather(index, 2)
                .reshape(size, channels, out.get(1), out.get(2));
    }
}
