/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.polyphony.nn.layer.EnsembleLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * One number in place of each parameter that has none yet, for passes that compute with none: DJL
 * initialises a block anew, for the shapes of the pass, if one of its parameters is empty in
 * training.
 */
final class StandIns implements AutoCloseable {

    private final NDManager manager;
    private final List<Parameter> empty = new ArrayList<>();

    StandIns(NDManager manager) {
        this.manager = manager;
    }

    /**
     * Fills the parameters of layers that are fitted, until this is closed.
     *
     * @param layers the layers
     */
    void fill(List<EnsembleLayer> layers) {
        NDArray one = manager.ones(new Shape(1));
        for (EnsembleLayer layer : layers) {
            for (Parameter parameter : layer.getDirectParameters().values()) {
                if (!parameter.isInitialized()) {
                    fill(parameter, one);
                }
            }
        }
    }

    private void fill(Parameter parameter, NDArray one) {
        Initializer own = parameter.getInitializer();
        // a view, which takes no memory
        parameter.setInitializer((m, shape, type) -> one.broadcast(shape));
        empty.add(parameter);
        parameter.initialize(manager, DataType.FLOAT32);
        parameter.setInitializer(own);
    }

    /** {@inheritDoc} */
    @Override
    public void close() {
        empty.forEach(Parameter::close);
    }
}
