/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.RandomUtils;
import java.util.Arrays;

/**
 * Random signs {@code [M, c]}, of which no two rows are equal or opposite as long as {@code c} has
 * room for that: members of which both vectors are equal, or both opposite, would be one.
 */
final class DistinctSigns implements Initializer {

    /** {@inheritDoc} */
    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
        return toArray(draw(shape), manager, shape, dataType);
    }

    /** Draws signs of the shape {@code [M, c]}. */
    static float[][] draw(Shape shape) {
        int rows = Math.toIntExact(shape.get(0));
        int columns = Math.toIntExact(shape.get(1));
        float[][] signs = new float[rows][columns];
        for (int row = 0; row < rows; row++) {
            // 2^(c-1) rows fit; beyond that repetition cannot be avoided
            boolean room = columns > 31 || row < 1L << (columns - 1);
            do {
                fill(signs[row]);
            } while (room && !isDistinct(signs, row));
        }
        return signs;
    }

    static void fill(float[] signs) {
        for (int i = 0; i < signs.length; i++) {
            signs[i] = RandomUtils.nextFloat() < 0.5f ? -1 : 1;
        }
    }

    static NDArray toArray(float[][] signs, NDManager manager, Shape shape, DataType dataType) {
        NDArray array = manager.create(flat(signs), shape);
        return array.getDataType() == dataType ? array : array.toType(dataType, false);
    }

    private static boolean isDistinct(float[][] signs, int row) {
        float[] opposite = signs[row].clone();
        for (int i = 0; i < opposite.length; i++) {
            opposite[i] = -opposite[i];
        }
        for (int other = 0; other < row; other++) {
            if (Arrays.equals(signs[other], signs[row]) || Arrays.equals(signs[other], opposite)) {
                return false;
            }
        }
        return true;
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
        }
        return flat;
    }
}
