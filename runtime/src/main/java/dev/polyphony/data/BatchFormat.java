/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/**
 * Who sees what: how the examples of an epoch are dealt out to the members of an ensemble.
 *
 * <p>The batch size is the number of rows that a member sees in a step, after repetition and
 * whether or not other members see the same ones. The last batch of an epoch may be smaller, except
 * that a single row is left out: batch normalisation has no statistics of one row. Every epoch has
 * another order, so each example has its turn.
 */
public interface BatchFormat {

    /**
     * Deals out the examples of an epoch.
     *
     * @param examples the number of examples
     * @param batchSize the rows of a batch
     * @param seed the seed of the run
     * @param epoch the epoch, from 0
     * @return the batches; the same for the same numbers
     * @throws IllegalArgumentException if the format cannot fill batches of this size, says why
     */
    Epoch getEpoch(int examples, int batchSize, long seed, int epoch);

    /**
     * Returns how often an epoch shows each example to a member: 1, or the repetitions of a format
     * that repeats examples within a batch. Its epochs have that many times the steps.
     *
     * @return the number of repetitions
     */
    default int getRepetitions() {
        return 1;
    }

    /**
     * Returns what a batch size must be a multiple of.
     *
     * @return the divisor of all batch sizes that the format can fill; 1 if any will do
     */
    default int getBatchSizeDivisor() {
        return 1;
    }
}
