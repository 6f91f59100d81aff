/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
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
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        return layer.mixesExamples() ? inputs : super.visit(layer, inputs, parameterStore);
    }
}
