/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.nn.Block;

/**
 * BatchEnsemble: {@code y = ((x * r) W) * s + b} with {@code r}, {@code s} and {@code b} a member.
 */
public final class BatchEnsembleKit extends RowsKit {

    /**
     * Creates the kit.
     *
     * @param members the number of members
     */
    public BatchEnsembleKit(int members) {
        super(members);
    }

    @Override
    Block around(Place place, Block layer, int units, int axes) {
        return new FastWeights(getMembers(), layer, units, axes);
    }

    @Override
    boolean hasSharedBias() {
        return false;
    }
}
