/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.cost;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.layer.EnsembleLayer;

/** Counts what the layers would do in the base model; none computes. */
final class PlainPass extends CountingPass {

    /** {@inheritDoc} */
    @Override
    NDList answer(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        if (!layer.mixesFeatures()) {
            return layer.pass(inputs);
        }
        NDList answers = new NDList();
        for (Shape shape : layer.getBaseOutputShapes(inputs.getShapes())) {
            answers.add(inputs.getManager().zeros(shape));
        }
        return answers;
    }

    /** {@inheritDoc} */
    @Override
    long multiplyAdds(EnsembleLayer layer, Shape input, Shape output) {
        return layer.getBaseMultiplyAdds(input);
    }
}
