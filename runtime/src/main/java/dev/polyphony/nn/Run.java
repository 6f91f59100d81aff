/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;

/** A forward pass for its result: every layer computes. */
class Run extends Pass implements Rows {

    private final long examples;
    private final NDArray mixing;
    private final boolean training;

    Run(long examples, NDArray mixing, boolean training) {
        this.examples = examples;
        this.mixing = mixing;
        this.training = training;
    }

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        return layer.computeChecked(inputs, parameterStore, this);
    }

    /** {@inheritDoc} */
    @Override
    public final long getExamples() {
        return examples;
    }

    /** {@inheritDoc} */
    @Override
    public final NDArray getMixing() {
        return mixing;
    }

    /** {@inheritDoc} */
    @Override
    public final boolean isTraining() {
        return training;
    }
}
