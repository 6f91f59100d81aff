/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/**
 * The batches of one model, which is trained once; the members are what it is at the ends of the
 * cycles of its learning rate.
 *
 * @param members the number of members
 */
public record SnapshotBatches(int members) implements BatchFormat {

    /** Requires a member. */
    public SnapshotBatches {
        if (members < 1) {
            throw new IllegalArgumentException("There must be at least 1 member, not " + members);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        return new SharedBatches().getEpoch(examples, batchSize, seed, epoch);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "one run, of which the members are snapshots at the ends of %d cycles of the learning rate"
                .formatted(members);
    }
}
