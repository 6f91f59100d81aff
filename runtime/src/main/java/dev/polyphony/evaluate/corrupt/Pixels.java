/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Arrays;

/**
 * An image whose values run from 0 to 1.
 *
 * @param planes the channels, one or three, each {@code [height, width]} in row-major order
 * @param height the rows
 * @param width the columns
 */
record Pixels(float[][] planes, int height, int width) {

    /** What red, green and blue count in gray, by ITU-R BT.601. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    /** The side of the images that severities are stated for. */
    private static final double REFERENCE_SIDE = 32;

    /** Computes a new plane from one. */
    @FunctionalInterface
    interface PlaneMap {
        float[] apply(float[] plane);
    }

    /** Computes a new value from one. */
    @FunctionalInterface
    interface ValueMap {
        double apply(double value);
    }

    boolean isGray() {
        return planes.length == 1;
    }

    int area() {
        return height * width;
    }

    /** How many pixels stand for one of an image of 32 by 32. */
    double unit() {
        return Math.min(height, width) / REFERENCE_SIDE;
    }

    Pixels mapPlanes(PlaneMap map) {
        return new Pixels(
                Arrays.stream(planes).map(map::apply).toArray(float[][]::new), height, width);
    }

    /** Maps values in the order of channels and rows. */
    Pixels mapValues(ValueMap map) {
        return mapPlanes(
                plane -> {
                    float[] changed = new float[plane.length];
                    for (int i = 0; i < plane.length; i++) {
                        changed[i] = (float) map.apply(plane[i]);
                    }
                    return changed;
                });
    }

    /** The brightness of each pixel. */
    float[] gray() {
        if (isGray()) {
            return planes[0];
        }
        float[] gray = new float[area()];
        for (int c = 0; c < planes.length; c++) {
            for (int i = 0; i < gray.length; i++) {
                gray[i] += LUMA[c] * planes[c][i];
            }
        }
        return gray;
    }

    /** What a colour is in each channel of this image: itself, or its brightness. */
    float[] colour(float red, float green, float blue) {
        return isGray()
                ? new float[] {LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue}
                : new float[] {red, green, blue};
    }

    /** Values beyond 0 and 1 become 0 and 1. */
    Pixels clipped() {
        return mapValues(value -> Math.min(Math.max(value, 0), 1));
    }
}
