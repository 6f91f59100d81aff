/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Divides examples at random. */
final class Splits {

    /** Less than any share that one means: 0.7 + 0.2 + 0.1 is below 1 in binary. */
    private static final double ROUNDING = 1e-9;

    private Splits() {}

    /** The examples of each part. */
    static int[][] plain(int size, long seed, double... fractions) {
        int[][] parts = new int[fractions.length][0];
        Random random = Seeds.random(seed);
        deal(Seeds.permutation(size, random), fractions, parts);
        requireSome(size, parts, fractions);
        return parts;
    }

    /** The examples of each part, with as much of each class in all. */
    static int[][] stratified(int[] labels, int classes, long seed, double... fractions) {
        int[][] parts = new int[fractions.length][0];
        Random random = Seeds.random(seed);
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            int[] own =
                    IntStream.range(0, labels.length).filter(i -> labels[i] == wanted).toArray();
            Seeds.shuffle(own, 0, own.length, random);
            deal(own, fractions, parts);
        }
        for (int[] part : parts) {
            Seeds.shuffle(part, 0, part.length, random);
        }
        requireSome(labels.length, parts, fractions);
        return parts;
    }

    /** Cuts at the rounded sums of the shares, so that shares of 1 leave nothing over. */
    private static void deal(int[] indices, double[] fractions, int[][] parts) {
        require(fractions);
        double share = 0;
        int from = 0;
        for (int i = 0; i < fractions.length; i++) {
            share += fractions[i];
            int to = (int) Math.min(Math.round(share * indices.length), indices.length);
            int old = parts[i].length;
            parts[i] = Arrays.copyOf(parts[i], old + to - from);
            System.arraycopy(indices, from, parts[i], old, to - from);
            from = to;
        }
    }

    private static void require(double[] fractions) {
        boolean positive = Arrays.stream(fractions).allMatch(fraction -> fraction > 0);
        if (!positive || fractions.length == 0 || Arrays.stream(fractions).sum() > 1 + ROUNDING) {
            throw new IllegalArgumentException(
                    "The parts of a split must have shares above 0 that sum up to at most 1, but"
                            + " they are "
                            + Arrays.toString(fractions));
        }
    }

    private static void requireSome(int size, int[][] parts, double[] fractions) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].length == 0) {
                throw new IllegalArgumentException(
                        "A share of %s of %d examples is none: give more data or another share"
                                .formatted(fractions[i], size));
            }
        }
    }
}
