/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/**
 * An order of its own for each member, as if each were trained alone: deep ensembles.
 *
 * @param members the number of members
 */
public record MemberOrders(int members) implements BatchFormat {

    /** Requires a member. */
    public MemberOrders {
        if (members < 1) {
            throw new IllegalArgumentException("There must be at least 1 member, not " + members);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        Epoch.require(examples, batchSize);
        int[] indices = new int[Math.multiplyExact(examples, members)];
        for (int m = 0; m < members; m++) {
            int[] order = Seeds.permutation(examples, Seeds.random(seed, epoch, m));
            for (int row = 0; row < examples; row++) {
                indices[row * members + m] = order[row];
            }
        }
        return new Epoch(indices, members, batchSize);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return members == 1 ? "a random order" : "an order of its own for each member";
    }
}
