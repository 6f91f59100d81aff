/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.layer.EnsembleLayer;

/**
 * A forward pass without normalisation, which in training mixes the examples of a batch by its
 * nature: what mixes rows here is the user's own code.
 */
final class TrialPass extends Run {

    TrialPass(long examples, boolean training) {
        super(examples, null, training);
    }

    /** {@inheritDoc} */
    @Override
    protected NDArray visit(EnsembleLayer layer, NDArray x, ParameterStore parameterStore) {
        return layer.mixesFeatures() ? layer.spread(x, parameterStore, this) : x;
    }
}
