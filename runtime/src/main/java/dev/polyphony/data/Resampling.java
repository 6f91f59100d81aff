/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/**
 * Resizes a plane of numbers linearly: each new place is the mean of the old ones about it,
 * weighted by a triangle that is as wide as the larger of the two spacings, so that shrinking
 * leaves nothing out.
 */
final class Resampling {

    private final int[] first;
    private final float[][] weights;

    /** Prepares one axis. */
    private Resampling(int from, int to) {
        first = new int[to];
        weights = new float[to][];
        double scale = (double) from / to;
        double reach = Math.max(scale, 1);
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * scale;
            int begin = Math.max((int) (center - reach + 0.5), 0);
            int end = Math.min((int) (center + reach + 0.5), from);
            double[] weight = new double[end - begin];
            double sum = 0;
            for (int j = 0; j < weight.length; j++) {
                double distance = Math.abs(begin + j + 0.5 - center) / reach;
                weight[j] = Math.max(1 - distance, 0);
                sum += weight[j];
            }
            first[i] = begin;
            weights[i] = new float[weight.length];
            for (int j = 0; j < weight.length; j++) {
                weights[i][j] = (float) (weight[j] / sum);
            }
        }
    }

    /**
     * Resizes a plane.
     *
     * @param plane the numbers, {@code [height, width]} in row-major order
     * @return the numbers, {@code [newHeight, newWidth]}
     */
    static float[] resize(float[] plane, int height, int width, int newHeight, int newWidth) {
        float[] wide = new float[height * newWidth];
        new Resampling(width, newWidth).along(plane, height, width, 1, wide, newWidth, 1);
        float[] resized = new float[newHeight * newWidth];
        new Resampling(height, newHeight).along(wide, newWidth, 1, newWidth, resized, 1, newWidth);
        return resized;
    }

    /** Resizes lines, whose starts and whose places lie some numbers apart. */
    private void along(
            float[] from, int lines, int line, int place, float[] to, int newLine, int newPlace) {
        for (int l = 0; l < lines; l++) {
            for (int i = 0; i < first.length; i++) {
                float sum = 0;
                for (int j = 0; j < weights[i].length; j++) {
                    sum += weights[i][j] * from[l * line + (first[i] + j) * place];
                }
                to[l * newLine + i * newPlace] = sum;
            }
        }
    }
}
