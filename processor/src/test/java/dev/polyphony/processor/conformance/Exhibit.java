/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.processor.method.Method;

/**
 * A generated network and all that is known about it.
 *
 * @param model the model of the manifest
 * @param setup how it was constructed
 * @param method the method
 * @param variant which of the method's networks it is
 * @param code the compiled classes
 * @param base the plain model
 * @param network the network, initialised
 * @param manager the manager of its parameters
 */
record Exhibit(
        ModelEntry model,
        Case setup,
        Method method,
        Variant variant,
        ClassLoader code,
        Base base,
        Ensemble network,
        NDManager manager) {

    /** Makes and initialises a network. */
    static Exhibit of(
            ModelEntry model,
            Case setup,
            Method method,
            Variant variant,
            ClassLoader code,
            Base base,
            NDManager manager) {
        Ensemble network = make(model, setup, method, variant, code);
        Engine.getInstance().setRandomSeed(7);
        network.initialize(manager, DataType.FLOAT32, setup.inputShapes(1));
        return new Exhibit(model, setup, method, variant, code, base, network, manager);
    }

    /** The same model with another of the method's networks. */
    Exhibit other(Variant other) {
        return of(model, setup, method, other, code, base, manager);
    }

    /** A network like this one, not yet initialised. */
    Ensemble another() {
        return make(model, setup, method, variant, code);
    }

    private static Ensemble make(
            ModelEntry model, Case setup, Method method, Variant variant, ClassLoader code) {
        String name = variant.network(method, model);
        return (Ensemble) Constructions.make(code, model, name, setup);
    }

    int members() {
        return network.getMembers();
    }

    /** What a network gives in prediction. */
    static NDList predict(Ensemble network, NDList x) {
        return network.forward(new ParameterStore(x.getManager(), false), x, false);
    }
}
