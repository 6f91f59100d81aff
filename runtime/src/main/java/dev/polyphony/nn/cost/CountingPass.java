/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.cost;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** A forward pass that counts what each of its layers does, in all of its calls. */
abstract class CountingPass extends Pass {

    private final Map<EnsembleLayer, Tally> tallies = new IdentityHashMap<>();

    /**
     * What the calls of a layer come to.
     *
     * @param input the shape of the first input of the first call
     * @param output the shape of its first output
     * @param multiplyAdds the multiply-adds of all calls
     * @param activations the numbers that all calls read and write
     */
    record Tally(Shape input, Shape output, long multiplyAdds, long activations) {

        private Tally plus(Tally call) {
            return new Tally(
                    input,
                    output,
                    multiplyAdds + call.multiplyAdds,
                    activations + call.activations);
        }
    }

    /** Answers a layer's call. */
    abstract NDList answer(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore);

    /** The multiply-adds of a call. */
    abstract long multiplyAdds(EnsembleLayer layer, Shape input, Shape output);

    /** {@inheritDoc} */
    @Override
    protected final NDList visit(
            EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        Shape input = inputs.head().getShape();
        long read = size(inputs);
        NDList outputs = answer(layer, inputs, parameterStore);
        Shape output = outputs.head().getShape();
        Tally call =
                new Tally(input, output, multiplyAdds(layer, input, output), read + size(outputs));
        tallies.merge(layer, call, Tally::plus);
        return outputs;
    }

    private static long size(NDList arrays) {
        return Arrays.stream(arrays.getShapes()).mapToLong(Shape::size).sum();
    }

    /** What a layer did; the layer must have been called. */
    final Tally getTally(EnsembleLayer layer) {
        return tallies.get(layer);
    }
}
