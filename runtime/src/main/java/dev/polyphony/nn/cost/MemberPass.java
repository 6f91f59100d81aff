/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.layer.EnsembleLayer;

/** Counts what the layers do for all members, in a prediction. */
final class MemberPass extends CountingPass implements Rows {

    private final long examples;

    MemberPass(long examples) {
        this.examples = examples;
    }

    /** {@inheritDoc} */
    @Override
    NDList answer(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        return layer.computeChecked(inputs, parameterStore, this);
    }

    /** {@inheritDoc} */
    @Override
    long multiplyAdds(EnsembleLayer layer, Shape input, Shape output) {
        return layer.getMultiplyAdds(output);
    }

    /** {@inheritDoc} */
    @Override
    public long getExamples() {
        return examples;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray getMixing() {
        return null;
    }

    /** {@inheritDoc} */
    @Override
    public boolean isTraining() {
        return false;
    }
}
