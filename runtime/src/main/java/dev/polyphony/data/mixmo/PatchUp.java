/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Random;

/** Blocks around seeds that are drawn place by place. */
final class PatchUp {

    /** The side of a block, unless the features are smaller. */
    private static final int BLOCK = 7;

    private PatchUp() {}

    /**
     * Draws seeds so that blocks cover about the ratio.
     *
     * @param channels the channels that have seeds of their own
     * @param outside the value outside the blocks
     */
    static double[] draw(int channels, int[] places, double ratio, double outside, Random random) {
        int size = Pattern.size(places);
        double probability = probability(places, ratio);
        double[] mask = new double[channels * size];
        for (int channel = 0; channel < channels; channel++) {
            double[] blocks = mask(places, Noise.coins(size, probability, random), outside);
            System.arraycopy(blocks, 0, mask, channel * size, size);
        }
        return mask;
    }

    /** The probability of a seed: the ratio, corrected for blocks and for the border. */
    static double probability(int[] places, double ratio) {
        double probability = ratio;
        for (int length : places) {
            int block = block(length);
            probability *= (double) length / block / (length - block + 1);
        }
        return Math.min(1, probability);
    }

    /** Makes the mask of one channel from its seeds: the largest seed in the block around. */
    static double[] mask(int[] places, double[] seeds, double outside) {
        double[] mask = seeds.clone();
        int inner = mask.length;
        for (int length : places) {
            inner /= length;
            mask = spread(mask, length, inner);
        }
        for (int place = 0; place < mask.length; place++) {
            mask[place] += (1 - mask[place]) * outside;
        }
        return mask;
    }

    private static double[] spread(double[] values, int length, int inner) {
        int reach = block(length) / 2;
        double[] spread = new double[values.length];
        for (int place = 0; place < values.length; place++) {
            int at = place / inner % length;
            for (int i = Math.max(0, at - reach); i <= Math.min(length - 1, at + reach); i++) {
                spread[place] = Math.max(spread[place], values[place + (i - at) * inner]);
            }
        }
        return spread;
    }

    /** Odd, so that a seed has a middle. */
    private static int block(int length) {
        return length >= BLOCK ? BLOCK : (length - 1) / 2 * 2 + 1;
    }
}
