/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.Random;
import java.util.stream.IntStream;

/** Chains of AugMix's operations, each image by its own: all that drew the same go together. */
final class AugMixChains {

    private static final AugMixOperation[] OPERATIONS = AugMixOperation.values();

    /** The most operations of a chain. */
    private static final int DEPTH = 3;

    /** Strengths are drawn from here to the severity, of ten. */
    private static final double LEAST = 0.1;

    private static final double MOST = 10;

    private AugMixChains() {}

    /**
     * Changes each image by one to three operations.
     *
     * @param images the images {@code [N, C, H, W]}, from 0 to 1
     * @param random the stream
     * @param severity how strong operations may be, of 10
     */
    static NDArray run(NDArray images, Random random, int severity) {
        int size = Math.toIntExact(images.getShape().get(0));
        int[] depths = random.ints(size, 1, DEPTH + 1).toArray();
        NDArray changed = images;
        for (int place = 0; place < DEPTH; place++) {
            int[] drawn = random.ints(size, 0, OPERATIONS.length).toArray();
            double[] levels = random.doubles(size, LEAST / MOST, severity / MOST).toArray();
            for (int i = 0; i < size; i++) {
                drawn[i] = place < depths[i] ? drawn[i] : -1;
            }
            changed = step(changed, drawn, levels, random);
        }
        return changed;
    }

    /** Changes each image by the operation of a number, or not at all if it is negative. */
    static NDArray step(NDArray images, int[] operations, double[] levels, Random random) {
        NDList parts = new NDList();
        long[] places = new long[operations.length];
        int done = 0;
        for (int operation = -1; operation < OPERATIONS.length; operation++) {
            int wanted = operation;
            int[] own =
                    IntStream.range(0, operations.length)
                            .filter(i -> operations[i] == wanted)
                            .toArray();
            if (own.length == 0) {
                continue;
            }
            long[] index = IntStream.of(own).asLongStream().toArray();
            NDArray some = images.get(new NDIndex("{}", images.getManager().create(index)));
            double[] strengths = IntStream.of(own).mapToDouble(i -> levels[i]).toArray();
            parts.add(operation < 0 ? some : OPERATIONS[operation].apply(some, strengths, random));
            for (int i : own) {
                places[i] = done++;
            }
        }
        return NDArrays.concat(parts).get(new NDIndex("{}", images.getManager().create(places)));
    }
}
