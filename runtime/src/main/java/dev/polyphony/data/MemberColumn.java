/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.util.Objects;

/**
 * What one member of an ensemble sees, for a member that is trained by itself.
 *
 * @param all what all members see, each its own examples
 * @param member the member, from 0
 */
public record MemberColumn(BatchFormat all, int member) implements BatchFormat {

    /** Requires a format and a member. */
    public MemberColumn {
        Objects.requireNonNull(all, "all");
        Objects.checkIndex(member, Integer.MAX_VALUE);
    }

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        return all.getEpoch(examples, batchSize, seed, epoch).ofMember(member);
    }

    /** {@inheritDoc} */
    @Override
    public int getRepetitions() {
        return all.getRepetitions();
    }

    /** {@inheritDoc} */
    @Override
    public int getBatchSizeDivisor() {
        return all.getBatchSizeDivisor();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "member " + member + " of " + all;
    }
}
