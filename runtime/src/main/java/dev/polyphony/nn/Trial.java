/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;

/**
 * Runs a new network once on real parameters, with one example of one member poisoned: if another
 * row's answer is poisoned too, code between the layers mixes rows, and the network is refused.
 */
final class Trial {

    private static final int EXAMPLES = 2;

    private final Body body;
    private final Form form;
    private final Shape[] inputs;
    private final NDManager manager;

    Trial(Body body, Form form, Shape[] inputs, NDManager manager) {
        this.body = body;
        this.form = form;
        this.inputs = inputs;
        this.manager = manager;
    }

    void run() {
        NDList clean = new NDList();
        NDList poisoned = new NDList();
        for (Shape input : inputs) {
            Shape shape = new Shape(EXAMPLES, form.getMembers()).addAll(input.slice(1));
            NDArray x = TaintPass.ramp(manager, shape);
            clean.add(x);
            NDArray bad = x.duplicate();
            bad.set(new NDIndex("0, 0"), Float.NaN);
            poisoned.add(bad);
        }
        if (TaintPass.isTainted(forward(clean))) {
            // the model itself gives NaN for these numbers, so that poison would not show
            return;
        }
        for (NDArray y : forward(poisoned)) {
            requireApart(y);
        }
    }

    private NDList forward(NDList x) {
        return body.forward(new ParameterStore(manager, false), x, true, new NDList(), false);
    }

    private void requireApart(NDArray y) {
        if (TaintPass.isTainted(y.get(new NDIndex("1:")))) {
            throw new UnsupportedModelException(
                    "Code between the layers mixes the examples of a batch: "
                            + form.getName()
                            + " keeps members in the same axis. Look for operations over the first"
                            + " axis, or use @DeepEnsemble");
        }
        if (form.isolatesMembers()
                && form.getMembers() > 1
                && TaintPass.isTainted(y.get(new NDIndex("0, 1:")))) {
            throw new UnsupportedModelException(
                    "Code between the layers mixes the members of "
                            + form.getName()
                            + ", as a reshape to a constant does: look for code that moves features"
                            + " to the first axis, or use @DeepEnsemble");
        }
    }
}
