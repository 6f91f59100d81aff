/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.tta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Reads all images of a batch from the same other places, bilinearly. */
final class Resampler {

    /** The pixels about a place. */
    private static final int NEIGHBOURS = 4;

    /** How close to a pixel a place counts as the pixel, so that flips change no number. */
    private static final double ROUNDING = 1e-9;

    private final int height;
    private final int width;
    private final long[][] places;
    private final float[][] weights;

    private Resampler(int height, int width) {
        this.height = height;
        this.width = width;
        places = new long[NEIGHBOURS][height * width];
        weights = new float[NEIGHBOURS][height * width];
    }

    /** Prepares a map of places about the centre, for images {@code [B, C, H, W]}. */
    static Resampler of(double[] map, Shape shape) {
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        Resampler resampler = new Resampler(height, width);
        double middleY = (height - 1) / 2.0;
        double middleX = (width - 1) / 2.0;
        for (int i = 0; i < height * width; i++) {
            double y = i / width - middleY;
            double x = i % width - middleX;
            resampler.put(
                    i,
                    snapped(map[3] * x + map[4] * y + map[5] + middleY),
                    snapped(map[0] * x + map[1] * y + map[2] + middleX));
        }
        return resampler;
    }

    private static double snapped(double place) {
        double pixel = Math.rint(place);
        return Math.abs(place - pixel) < ROUNDING ? pixel : place;
    }

    private void put(int i, double sourceY, double sourceX) {
        double y = Math.min(Math.max(sourceY, 0), height - 1.0);
        double x = Math.min(Math.max(sourceX, 0), width - 1.0);
        int top = (int) y;
        int left = (int) x;
        for (int k = 0; k < NEIGHBOURS; k++) {
            boolean isBelow = k >= 2;
            boolean isRight = k % 2 == 1;
            int row = Math.min(top + (isBelow ? 1 : 0), height - 1);
            int column = Math.min(left + (isRight ? 1 : 0), width - 1);
            places[k][i] = (long) row * width + column;
            double partY = isBelow ? y - top : top + 1 - y;
            double partX = isRight ? x - left : left + 1 - x;
            weights[k][i] = (float) (partY * partX);
        }
    }

    NDArray apply(NDArray images) {
        NDManager manager = images.getManager();
        Shape shape = images.getShape();
        Shape flat = new Shape(shape.get(0), shape.get(1), (long) height * width);
        Shape one = new Shape(1, 1, flat.get(2));
        NDArray from = images.reshape(flat);
        NDArray sum = null;
        for (int k = 0; k < NEIGHBOURS; k++) {
            if (isUnused(weights[k])) {
                continue;
            }
            NDArray index = manager.create(places[k], one).broadcast(flat);
            NDArray weight = manager.create(weights[k], one).toType(images.getDataType(), false);
            NDArray part = from.gather(index, 2).mul(weight);
            sum = sum == null ? part : sum.add(part);
        }
        return sum.reshape(shape);
    }

    private static boolean isUnused(float[] weights) {
        for (float weight : weights) {
            if (weight != 0) {
                return false;
            }
        }
        return true;
    }
}
