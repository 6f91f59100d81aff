/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.util.Random;

/**
 * Random streams that are told apart by what they are for, so that the order in which they are
 * drawn from does not matter.
 */
public final class Seeds {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /**
     * Returns a stream.
     *
     * @param seed the seed of the run
     * @param path what the stream is for, such as the epoch and the member
     * @return the same stream for the same numbers, on every platform
     */
    public static Random random(long seed, long... path) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (long step : path) {
            state = mix(state ^ mix(step + GOLDEN_GAMMA)) + GOLDEN_GAMMA;
        }
        return new Random(state);
    }

    /**
     * Returns the numbers below a limit in random order.
     *
     * @param size the limit
     * @param random the stream
     * @return a permutation of {@code 0 .. size - 1}
     */
    public static int[] permutation(int size, Random random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        shuffle(order, 0, size, random);
        return order;
    }

    /** Shuffles {@code values[from .. to)}, every order being as likely. */
    static void shuffle(int[] values, int from, int to, Random random) {
        for (int i = to - 1; i > from; i--) {
            int j = from + random.nextInt(i - from + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    /** The finaliser of SplitMix64: neighbouring seeds give unrelated streams. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
