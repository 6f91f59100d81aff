/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Random;

/**
 * Clouds: a random field that looks alike at every scale, by midpoint displacement on a square that
 * is a power of two wide and wraps around.
 *
 * @see <a href="https://doi.org/10.1145/358523.358553">Fournier, Fussell and Carpenter, Computer
 *     rendering of stochastic models, 1982</a>
 */
final class Clouds {

    private final int side;
    private final double[] field;
    private final Random random;

    private Clouds(int side, Random random) {
        this.side = side;
        this.random = random;
        field = new double[side * side];
    }

    /**
     * Draws clouds.
     *
     * @param height the rows
     * @param width the columns
     * @param roughness how strong details of half the size are, from 0 to 1
     * @param random the draws
     * @return the density of each pixel, from 0 to 1, both of which occur
     */
    static float[] draw(int height, int width, double roughness, Random random) {
        int longest = Math.max(Math.max(height, width), 2);
        // in a square of just that size both edges of the image would be the same
        int side = 2 * Integer.highestOneBit(longest);
        Clouds clouds = new Clouds(side, random);
        clouds.fill(roughness);
        return clouds.cut(height, width);
    }

    private void fill(double roughness) {
        double strength = 1;
        for (int step = side; step > 1; step /= 2) {
            int half = step / 2;
            for (int y = 0; y < side; y += step) {
                for (int x = 0; x < side; x += step) {
                    double mean =
                            (at(y, x) + at(y, x + step) + at(y + step, x) + at(y + step, x + step))
                                    / 4;
                    displace(y + half, x + half, mean, strength);
                }
            }
            for (int y = 0; y < side; y += half) {
                for (int x = (y + half) % step; x < side; x += step) {
                    double mean =
                            (at(y - half, x) + at(y + half, x) + at(y, x - half) + at(y, x + half))
                                    / 4;
                    displace(y, x, mean, strength);
                }
            }
            strength *= roughness;
        }
    }

    private double at(int y, int x) {
        return field[Math.floorMod(y, side) * side + Math.floorMod(x, side)];
    }

    private void displace(int y, int x, double mean, double strength) {
        field[y * side + x] = mean + strength * (2 * random.nextDouble() - 1);
    }

    /** A corner of the square, from 0 to 1; a single pixel is in the thick of it. */
    private float[] cut(int height, int width) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                low = Math.min(low, at(y, x));
                high = Math.max(high, at(y, x));
            }
        }
        float[] cut = new float[height * width];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = high > low ? (float) ((at(i / width, i % width) - low) / (high - low)) : 1;
        }
        return cut;
    }
}
