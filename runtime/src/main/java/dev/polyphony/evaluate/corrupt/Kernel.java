/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Arrays;

/** Weights of a pixel's surroundings that sum up to 1; beyond its edges an image is mirrored. */
final class Kernel {

    /** At how many standard deviations a Gaussian ends. */
    private static final double REACH = 4;

    /** Into how many parts the side of a pixel is cut to integrate over it. */
    private static final int PARTS = 16;

    private final double[][] weights;
    private final int radiusY;
    private final int radiusX;

    private Kernel(double[][] weights) {
        radiusY = weights.length / 2;
        radiusX = weights[0].length / 2;
        double sum = Arrays.stream(weights).flatMapToDouble(Arrays::stream).sum();
        this.weights =
                Arrays.stream(weights)
                        .map(row -> Arrays.stream(row).map(w -> w / sum).toArray())
                        .toArray(double[][]::new);
    }

    /** Blurs a plane with a Gaussian, in one direction and then in the other. */
    static float[] gaussian(float[] plane, int height, int width, double deviation) {
        int radius = (int) (REACH * deviation + 0.5);
        double[] row = new double[2 * radius + 1];
        double[][] column = new double[row.length][1];
        for (int i = 0; i < row.length; i++) {
            double distance = (i - radius) / deviation;
            row[i] = Math.exp(-distance * distance / 2);
            column[i][0] = row[i];
        }
        float[] across = new Kernel(new double[][] {row}).apply(plane, height, width);
        return new Kernel(column).apply(across, height, width);
    }

    /** A disk, each pixel weighted by how much of it the disk covers. */
    static Kernel disk(double radius) {
        int reach = (int) Math.ceil(radius - 0.5);
        double[][] weights = new double[2 * reach + 1][2 * reach + 1];
        for (int part = 0; part < weights.length * PARTS; part++) {
            double x = (part + 0.5) / PARTS - 0.5 - reach;
            double half = Math.sqrt(Math.max(radius * radius - x * x, 0));
            for (int y = 0; y < weights.length; y++) {
                double covers = Math.min(y - reach + 0.5, half) - Math.max(y - reach - 0.5, -half);
                weights[y][part / PARTS] += Math.max(covers, 0);
            }
        }
        return new Kernel(weights);
    }

    /** A line through the pixel, shared out to the pixels about each of its points. */
    static Kernel line(double length, double angle) {
        int reach = (int) Math.ceil(length / 2);
        double[][] weights = new double[2 * reach + 1][2 * reach + 1];
        int points = (int) Math.ceil(length * PARTS);
        for (int p = 0; p < points; p++) {
            double at = ((p + 0.5) / points - 0.5) * length;
            double y = reach + at * Math.sin(angle);
            double x = reach + at * Math.cos(angle);
            int top = Math.min((int) y, 2 * reach - 1);
            int left = Math.min((int) x, 2 * reach - 1);
            for (int k = 0; k < 4; k++) {
                double partY = k / 2 == 0 ? top + 1 - y : y - top;
                double partX = k % 2 == 0 ? left + 1 - x : x - left;
                weights[top + k / 2][left + k % 2] += partY * partX;
            }
        }
        return new Kernel(weights);
    }

    /** The weighted mean of each pixel's surroundings. */
    float[] apply(float[] plane, int height, int width) {
        int wide = width + 2 * radiusX;
        float[] padded = new float[(height + 2 * radiusY) * wide];
        for (int y = 0; y < height + 2 * radiusY; y++) {
            int row = mirrored(y - radiusY, height) * width;
            for (int x = 0; x < wide; x++) {
                padded[y * wide + x] = plane[row + mirrored(x - radiusX, width)];
            }
        }
        double[] sums = new double[plane.length];
        for (int k = 0; k < weights.length * weights[0].length; k++) {
            int down = k / weights[0].length;
            int right = k % weights[0].length;
            double weight = weights[down][right];
            for (int y = 0; y < height && weight != 0; y++) {
                int from = (y + down) * wide + right;
                for (int x = 0; x < width; x++) {
                    sums[y * width + x] += weight * padded[from + x];
                }
            }
        }
        float[] blurred = new float[plane.length];
        for (int i = 0; i < blurred.length; i++) {
            blurred[i] = (float) sums[i];
        }
        return blurred;
    }

    /** The place of a mirrored row or column: {@code ... 1 0 | 0 1 2 | 2 1 ...}. */
    static int mirrored(int place, int length) {
        int inPair = Math.floorMod(place, 2 * length);
        return inPair < length ? inPair : 2 * length - 1 - inPair;
    }
}
