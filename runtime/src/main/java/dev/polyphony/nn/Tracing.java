/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;

/**
 * Tells the layers of members that are narrower or wider than the model which of its features each
 * member has. Layers choose those that they give; those that they are given are what the layers
 * before give, through whatever code stands between them.
 */
final class Tracing {

    private Tracing() {}

    /**
     * Traces a network.
     *
     * @param form the form
     * @param network the network, initialised
     * @param inputs the base model's input shapes
     * @param manager the manager of the parameters
     * @throws IllegalArgumentException if it does not show which features members have
     */
    static void run(Form form, Block network, Shape[] inputs, NDManager manager) {
        if (form.getMembers() == 1 || form.getWidthKeeper().isEmpty()) {
            return;
        }
        try (NDManager arrays = manager.newSubManager()) {
            TracePass plain = new TracePass();
            NDList x = new NDList();
            for (Shape input : inputs) {
                x.add(plain.newInput(arrays, input));
            }
            forward(plain, network, x);
            NDList rows = new NDList();
            for (NDArray input : x) {
                rows.add(input.repeat(0, form.getMembers()));
            }
            forward(new TracePass(plain, form.getMembers()), network, rows);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s. With %s every member has the model's widths"
                            .formatted(e.getMessage(), form.getWidthKeeper().get()),
                    e);
        }
    }

    private static void forward(TracePass pass, Block network, NDList inputs) {
        try (NDManager arrays = inputs.getManager().newSubManager()) {
            NDList own = new NDList();
            for (NDArray input : inputs) {
                NDArray copy = input.duplicate();
                copy.attach(arrays);
                own.add(copy);
            }
            ParameterStore parameters = new ParameterStore(arrays, false);
            pass.run(() -> network.forward(parameters, own, false));
        }
    }
}
