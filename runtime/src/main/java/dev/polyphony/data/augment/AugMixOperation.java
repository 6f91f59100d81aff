/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import java.util.Random;

/** What a chain of AugMix is made of: images from 0 to 1, each changed by a strength of its own. */
enum AugMixOperation {
    AUTO_CONTRAST {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            return Tones.autoContrast(images);
        }
    },

    EQUALIZE {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            return Tones.equalize(images);
        }
    },

    POSTERIZE {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            int[] bits = new int[levels.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = MOST_BITS - (int) (levels[i] * MOST_BITS);
            }
            return Tones.posterize(images, bits);
        }
    },

    ROTATE {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            long height = images.getShape().get(2);
            long width = images.getShape().get(3);
            return warp(
                    images,
                    levels,
                    random,
                    level -> Warp.rotate((int) (level * MOST_DEGREES), height, width),
                    level -> Warp.rotate(-(int) (level * MOST_DEGREES), height, width));
        }
    },

    SOLARIZE {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            float[] thresholds = new float[levels.length];
            for (int i = 0; i < thresholds.length; i++) {
                thresholds[i] = (TONES - (int) (levels[i] * TONES)) / (TONES - 1f);
            }
            return Tones.solarize(images, thresholds);
        }
    },

    SHEAR_X {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            return warp(
                    images,
                    levels,
                    random,
                    level -> Warp.shearX(level * MOST_SHEAR),
                    level -> Warp.shearX(-level * MOST_SHEAR));
        }
    },

    SHEAR_Y {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            return warp(
                    images,
                    levels,
                    random,
                    level -> Warp.shearY(level * MOST_SHEAR),
                    level -> Warp.shearY(-level * MOST_SHEAR));
        }
    },

    TRANSLATE_X {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            double most = images.getShape().get(3) / MOST_PART;
            return warp(
                    images,
                    levels,
                    random,
                    level -> Warp.translateX((int) (level * most)),
                    level -> Warp.translateX(-(int) (level * most)));
        }
    },

    TRANSLATE_Y {
        @Override
        NDArray apply(NDArray images, double[] levels, Random random) {
            double most = images.getShape().get(2) / MOST_PART;
            return warp(
                    images,
                    levels,
                    random,
                    level -> Warp.translateY((int) (level * most)),
                    level -> Warp.translateY(-(int) (level * most)));
        }
    };

    private static final int TONES = 256;
    private static final int MOST_BITS = 4;
    private static final int MOST_DEGREES = 30;
    private static final double MOST_SHEAR = 0.3;

    /** An image is moved by at most a third of its side. */
    private static final double MOST_PART = 3;

    /**
     * Changes images.
     *
     * @param images the images {@code [n, C, H, W]}, from 0 to 1
     * @param levels the strength for each, 0 to 1
     * @param random draws directions
     */
    abstract NDArray apply(NDArray images, double[] levels, Random random);

    /** Makes a map. */
    private interface Map {
        float[] of(double level);
    }

    private static NDArray warp(
            NDArray images, double[] levels, Random random, Map forward, Map back) {
        float[][] maps = new float[levels.length][];
        for (int i = 0; i < maps.length; i++) {
            maps[i] = (random.nextBoolean() ? forward : back).of(levels[i]);
        }
        return Warp.apply(images, maps);
    }
}
