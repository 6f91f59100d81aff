/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/**
 * The same batch for all members, in a new order each epoch: Packed-Ensembles, tiled BatchEnsemble,
 * sub-ensembles, and plain models.
 */
public record SharedBatches() implements BatchFormat {

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        Epoch.require(examples, batchSize);
        return new Epoch(Seeds.permutation(examples, Seeds.random(seed, epoch)), 1, batchSize);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "the same batch for all members";
    }
}
