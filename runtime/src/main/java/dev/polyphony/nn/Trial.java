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

    static final int EXAMPLES = 2;

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

    /**
     * Tries prediction, and training without labels.
     *
     * @param onlyPrediction whether to leave training out, as its code needs labels
     */
    void run(boolean onlyPrediction) {
        runIn(false, null);
        if (!onlyPrediction) {
            runIn(true, null);
        }
    }

    /**
     * Tries training.
     *
     * @param labels labels {@code [2, M, ...]}, or null to do without
     */
    void runTraining(NDList labels) {
        runIn(true, labels);
    }

    private void runIn(boolean training, NDList labels) {
        NDList clean = new NDList();
        for (Shape input : inputs) {
            Shape shape = new Shape(EXAMPLES, form.getMembers()).addAll(input.slice(1));
            clean.add(TaintPass.ramp(manager, shape));
        }
        NDList before = forward(clean, labels, training);
        NDList after = forwardPoisoned(poisoned(clean), labels, training);
        for (int i = 0; i < before.size(); i++) {
            requireApart(before.get(i), after.get(i), training);
        }
    }

    /** Labels may be numbers of classes, which cannot be NaN. */
    private NDList forwardPoisoned(NDList x, NDList labels, boolean training) {
        if (labels == null) {
            return forward(x, null, training);
        }
        try {
            return forward(x, poisoned(labels), training);
        } catch (RuntimeException e) {
            return forward(x, labels, training);
        }
    }

    /** Poisons the first example of the first member, where that is possible. */
    private static NDList poisoned(NDList arrays) {
        if (arrays == null) {
            return null;
        }
        NDList poisoned = new NDList();
        for (NDArray x : arrays) {
            NDArray bad = x.duplicate();
            if (x.getDataType().isFloating()) {
                bad.set(new NDIndex("0, 0"), Float.NaN);
            }
            poisoned.add(bad);
        }
        return poisoned;
    }

    private NDList forward(NDList x, NDList labels, boolean training) {
        ParameterStore parameters = new ParameterStore(manager, false);
        return body.forward(parameters, x, labels, new TrialPass(EXAMPLES, training));
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
