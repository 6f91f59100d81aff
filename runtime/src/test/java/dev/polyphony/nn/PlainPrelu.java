/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;

/** What DJL's Prelu means, {@code max(x, 0) + alpha min(x, 0)}; its own fails on PyTorch. */
final class PlainPrelu extends AbstractBlock {

    private final Parameter alpha =
            addParameter(
                    Parameter.builder()
                            .setName("alpha")
                            .setType(Parameter.Type.OTHER)
                            .optShape(new Shape())
                            .optInitializer(new ConstantInitializer(0.25f))
                            .build());

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
        NDArray x = inputs.singletonOrThrow();
        NDArray slope = store.getValue(alpha, x.getDevice(), training);
        NDArray below = Activation.relu(x.neg()).neg();
        return new NDList(Activation.relu(x).add(below.mul(slope)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs;
    }
}
