/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.util.function.Supplier;

/**
 * One forward pass through an ensemble's network, seen by each of its layers. Bound to the thread
 * while it runs, since the code between the layers is the user's and does not hand it on.
 */
public abstract class Pass {

    private static final ThreadLocal<Pass> CURRENT = new ThreadLocal<>();

    /**
     * Runs a network in this pass.
     *
     * @param <T> the type of the result
     * @param network the network's forward pass
     * @return the result
     */
    public final <T> T run(Supplier<T> network) {
        Pass outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return network.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /**
     * Returns whether a network runs in a pass on this thread: what is called then is a part of it.
     *
     * @return whether there is a current pass
     */
    public static boolean isRunning() {
        return CURRENT.get() != null;
    }

    static Pass current(EnsembleLayer layer) {
        Pass pass = CURRENT.get();
        if (pass == null) {
            throw new IllegalStateException(
                    layer.getClass().getSimpleName()
                            + " works inside an Ensemble only: call forward of the ensemble, not of"
                            + " its parts");
        }
        return pass;
    }

    /**
     * Answers a layer's call.
     *
     * @param layer the layer
     * @param inputs its inputs, features first
     * @param parameterStore the parameters
     * @return its outputs, features first
     */
    protected abstract NDList visit(
            EnsembleLayer layer, NDList inputs, ParameterStore parameterStore);
}
