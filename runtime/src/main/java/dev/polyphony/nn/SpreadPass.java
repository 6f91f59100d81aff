/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import java.util.Arrays;

/**
 * A forward pass in which members have several times their features, so that no layer gives a
 * single one. What the engine would broadcast in silence, the sum of one feature and several
 * others, fails in this pass; sums of equally many features do not.
 */
final class SpreadPass extends Pass {

    private final int factor;

    /** Takes a factor that makes no width that the raw inputs have. */
    SpreadPass(Shape... inputs) {
        int free = 2;
        while (has(free, inputs)) {
            free++;
        }
        factor = free;
    }

    private static boolean has(long size, Shape... inputs) {
        return Arrays.stream(inputs)
                .flatMapToLong(shape -> Arrays.stream(shape.getShape()))
                .anyMatch(dim -> dim == size);
    }

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        if (!layer.mixesFeatures()) {
            return layer.pass(inputs);
        }
        Shape[] outputs = layer.getBaseOutputShapes(inputs.getShapes());
        int axis = layer.getFeatureAxis(outputs[0]);
        int times = layer.getRole().writesOutput() ? 1 : factor;
        long width = layer.getMemberOutputShape().get(axis) * times;
        long base = outputs[0].get(axis);
        for (int i = 0; i < outputs.length; i++) {
            // states have their features in the last axis
            int own = i == 0 ? axis : outputs[i].dimension() - 1;
            outputs[i] = Members.with(outputs[i], own, outputs[i].get(own) * width / base);
        }
        return TaintPass.ramps(inputs.getManager(), outputs);
    }
}
