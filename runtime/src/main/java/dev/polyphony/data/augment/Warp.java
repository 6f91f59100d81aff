/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Scalars;

/**
 * Affine maps of images, bilinear, with zeros outside: as the Python Imaging Library does, without
 * its rounding to bytes.
 *
 * <p>The pixel in column {@code x} and row {@code y} is taken from {@code (a x' + b y' + c, d x' +
 * e y' + f)} of the image, {@code x' = x + 1/2} and {@code y' = y + 1/2} being its centre.
 */
final class Warp {

    /** The numbers of a map. */
    private static final int NUMBERS = 6;

    private Warp() {}

    /** Takes columns from further right, the lower the row: {@code x' + level y'}. */
    static float[] shearX(double level) {
        return new float[] {1, (float) level, 0, 0, 1, 0};
    }

    /** Takes rows from further down, the further right the column. */
    static float[] shearY(double level) {
        return new float[] {1, 0, 0, (float) level, 1, 0};
    }

    /** Takes columns from further right. */
    static float[] translateX(double pixels) {
        return new float[] {1, 0, (float) pixels, 0, 1, 0};
    }

    /** Takes rows from further down. */
    static float[] translateY(double pixels) {
        return new float[] {1, 0, 0, 0, 1, (float) pixels};
    }

    /** Turns about the centre, against the clock. */
    static float[] rotate(double degrees, long height, long width) {
        double angle = -Math.toRadians(degrees);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double x = width / 2.0;
        double y = height / 2.0;
        return new float[] {
            (float) cos,
            (float) sin,
            (float) (x - cos * x - sin * y),
            (float) -sin,
            (float) cos,
            (float) (y + sin * x - cos * y)
        };
    }

    /**
     * Maps each image by a map of its own.
     *
     * @param images the images {@code [N, C, H, W]}
     * @param maps six numbers for each image
     * @return the images {@code [N, C, H, W]}
     */
    static NDArray apply(NDArray images, float[][] maps) {
        Shape shape = images.getShape();
        NDManager manager = images.getManager();
        long height = shape.get(2);
        long width = shape.get(3);
        NDArray[] number = new NDArray[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            float[] column = new float[maps.length];
            for (int n = 0; n < maps.length; n++) {
                column[n] = maps[n][i];
            }
            number[i] = Places.each(manager, column);
        }
        NDArray x = Places.columns(manager, width).toType(DataType.FLOAT32, false).add(0.5f);
        NDArray y = Places.rows(manager, height).toType(DataType.FLOAT32, false).add(0.5f);
        NDArray fromX = x.mul(number[0]).add(y.mul(number[1])).add(number[2]);
        NDArray fromY = x.mul(number[3]).add(y.mul(number[4])).add(number[5]);
        NDArray inside =
                fromX.gte(0)
                        .logicalAnd(fromX.lt(width))
                        .logicalAnd(fromY.gte(0))
                        .logicalAnd(fromY.lt(height));
        NDArray left = fromX.sub(0.5f).floor();
        NDArray top = fromY.sub(0.5f).floor();
        NDArray partX = fromX.sub(0.5f).sub(left).expandDims(1);
        NDArray partY = fromY.sub(0.5f).sub(top).expandDims(1);
        NDArray above = between(images, top, left, partX);
        NDArray below = between(images, top.add(1), left, partX);
        NDArray mixed = above.add(below.sub(above).mul(partY));
        return mixed.mul(inside.toType(DataType.FLOAT32, false).expandDims(1));
    }

    /** Between two columns of a row; rows and columns beyond the edge are those at the edge. */
    private static NDArray between(NDArray images, NDArray row, NDArray left, NDArray part) {
        NDArray rows = bound(row, images.getShape().get(2));
        NDArray first = Places.pick(images, rows, bound(left, images.getShape().get(3)));
        NDArray second = Places.pick(images, rows, bound(left.add(1), images.getShape().get(3)));
        return first.add(second.sub(first).mul(part));
    }

    private static NDArray bound(NDArray places, long length) {
        return Scalars.minimum(Scalars.maximum(places, 0f), length - 1f)
                .toType(DataType.INT64, false);
    }
}
