/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.layer.EnsembleLayer;

/** One ensemble layer on its own, with given parameters. */
public final class GoldenLayer {

    private final NDManager manager;
    private final EnsembleLayer layer;

    /**
     * Fits and allocates a layer.
     *
     * @param manager the manager of its parameters
     * @param layer the layer
     * @param role where it stands
     * @param base the input shape of the base model's layer
     * @param input the shape of its input, members in rows
     */
    public GoldenLayer(NDManager manager, EnsembleLayer layer, Role role, Shape base, Shape input) {
        this.manager = manager;
        this.layer = layer;
        layer.fit(role, base, input);
        layer.allocate(manager, DataType.FLOAT32);
    }

    /** Returns a parameter. */
    public Parameter get(String parameter) {
        return layer.getDirectParameters().get(parameter);
    }

    /** Gives a parameter its values, in the order of its memory. */
    public GoldenLayer set(String parameter, double[] values) {
        NDArray array = get(parameter).getArray();
        manager.create(GoldenCase.floats(values), array.getShape()).copyTo(array);
        return this;
    }

    /** Gives a parameter the values of an array, if the case has it. */
    public GoldenLayer set(String parameter, GoldenCase golden, String array) {
        return golden.has(array) ? set(parameter, golden.get(array)) : this;
    }

    /**
     * Runs the layer, in prediction.
     *
     * @param x the input, members in rows
     * @param members the number of members
     * @return the output, members in rows
     */
    public NDArray apply(NDArray x, int members) {
        return apply(x, members, null);
    }

    /**
     * Runs the layer.
     *
     * @param x the input, members in rows
     * @param members the number of members
     * @param mixing the mixing ratios of MixMo in training; null in prediction
     * @return the output, members in rows
     */
    public NDArray apply(NDArray x, int members, NDArray mixing) {
        Rows rows = new Run(x.getShape().get(0) / members, mixing);
        return layer.computeChecked(new NDList(x), new ParameterStore(manager, false), rows)
                .singletonOrThrow();
    }

    private record Run(long examples, NDArray mixing) implements Rows {
        @Override
        public long getExamples() {
            return examples;
        }

        @Override
        public NDArray getMixing() {
            return mixing;
        }

        @Override
        public boolean isTraining() {
            return mixing != null;
        }
    }
}
