/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/**
 * A batch divided among the members, each of which sees its own part: BatchEnsemble's sub-batches,
 * Masksembles. A step costs one forward pass of the whole batch, and the batch size is that of all
 * members together.
 *
 * <p>Of a last batch that does not divide evenly, the rest is left out.
 *
 * @param members the number of members; must divide the batch size
 */
public record SplitBatches(int members) implements BatchFormat {

    /** Requires a member. */
    public SplitBatches {
        if (members < 1) {
            throw new IllegalArgumentException("There must be at least 1 member, not " + members);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        Epoch.require(examples, batchSize);
        if (batchSize % members != 0) {
            throw new IllegalArgumentException(
                    "The batch is divided among %d members, so the batch size must be a multiple of %d, but was %d: use %d"
                            .formatted(members, members, batchSize, nextMultiple(batchSize)));
        }
        if (examples < members) {
            throw new IllegalArgumentException(
                    "%d examples cannot be divided among %d members".formatted(examples, members));
        }
        int[] order = Seeds.permutation(examples, Seeds.random(seed, epoch));
        int used = examples - examples % batchSize % members;
        int[] indices = new int[used];
        for (int start = 0; start < used; start += batchSize) {
            int part = Math.min(batchSize, used - start) / members;
            for (int m = 0; m < members; m++) {
                for (int row = 0; row < part; row++) {
                    indices[start + row * members + m] = order[start + m * part + row];
                }
            }
        }
        return new Epoch(indices, members, batchSize / members);
    }

    /** {@inheritDoc} */
    @Override
    public int getBatchSizeDivisor() {
        return members;
    }

    private int nextMultiple(int batchSize) {
        return (batchSize + members - 1) / members * members;
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "each batch divided among the members";
    }
}
