/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/**
 * The batches of one epoch as somebody else has drawn them.
 *
 * @param indices the examples, {@code [rows, width]} in row-major order
 * @param width the number of members with examples of their own; 1 if all see the same
 * @param batchRows the rows of a batch
 */
public record FixedBatches(int[] indices, int width, int batchRows) implements BatchFormat {

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        return new Epoch(indices, width, batchRows);
    }
}
