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
 * Runs a new network on its real parameters, with one example of one member poisoned: if the answer
 * of another is poisoned too, code between the layers mixes rows, and the network is refused. Looks
 * at prediction and at training, for which models may have code of their own.
 */
final class Trial {

    private static final int EXAMPLES = 2;

    private final SharedBody body;
    private final Form form;
    private final Shape[] inputs;
    private final NDManager manager;

    Trial(SharedBody body, Form form, Shape[] inputs, NDManager manager) {
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
        for (boolean training : new boolean[] {false, true}) {
            NDList before = forward(clean, training);
            NDList after = forward(poisoned, training);
            for (int i = 0; i < before.size(); i++) {
                requireApart(before.get(i), after.get(i), training);
            }
        }
    }

    private NDList forward(NDList x, boolean training) {
        ParameterStore parameters = new ParameterStore(manager, false);
        return body.forward(parameters, x, new TrialPass(EXAMPLES, training));
    }

    private void requireApart(NDArray before, NDArray after, boolean training) {
        boolean seen = false;
        for (int example = EXAMPLES - 1; example >= 0; example--) {
            for (int member = 0; member < form.getMembers(); member++) {
                NDIndex row = new NDIndex("{}, {}", example, member);
                if (TaintPass.isTainted(before.get(row))) {
                    // the model itself gives NaN there, so that poison would not show
                    continue;
                }
                seen = true;
                if (TaintPass.isTainted(after.get(row))) {
                    requireOwn(example, member, training);
                }
            }
        }
        if (!seen) {
            throw new UnsupportedModelException(
                    "The model gives NaN for inputs from 0.5 to 1.5, so that it cannot be seen"
                            + " whether its members stay apart: look for roots and logarithms"
                            + " between the layers, or use @DeepEnsemble");
        }
    }

    private void requireOwn(int example, int member, boolean training) {
        String when = training ? " in training" : "";
        if (example > 0) {
            throw new UnsupportedModelException(
                    "Code between the layers mixes the examples of a batch"
                            + when
                            + ": "
                            + form.getName()
                            + " keeps members in the same axis. Look for operations over the first"
                            + " axis, or use @DeepEnsemble");
        }
        if (member > 0 && form.isolatesMembers()) {
            throw new UnsupportedModelException(
                    "Code between the layers mixes the members of "
                            + form.getName()
                            + when
                            + ", as a reshape to a constant does: look for code that moves features"
                            + " to the first axis, or use @DeepEnsemble");
        }
    }
}
