/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.layer.Ramp;
import java.util.List;

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
        for (boolean training : new boolean[] {false, true}) {
            List<boolean[]> poisoned = forward(true, training);
            if (poisoned.stream().anyMatch(this::isMixed)) {
                requireApart(forward(false, training), poisoned, training);
            }
        }
    }

    private List<boolean[]> forward(boolean poison, boolean training) {
        try {
            return taintedRows(poison, training);
        } catch (RuntimeException e) {
            throw new UnsupportedModelException(
                    Refusal.TRAINING_FAILS,
                    "%s: the model's own code fails %s%s: %s"
                            .formatted(
                                    form,
                                    training ? "in training" : "on the features of members",
                                    UserCode.place(e),
                                    e.getMessage()),
                    Refusal.TRAINING_FAILS.getWayOut(),
                    e);
        }
    }

    /** Runs the network and tells for each output which rows of examples and members have NaN. */
    private List<boolean[]> taintedRows(boolean poison, boolean training) {
        try (NDManager arrays = manager.newSubManager()) {
            NDList x = new NDList();
            for (Shape input : inputs) {
                Shape shape = new Shape(EXAMPLES, form.getMembers()).addAll(input.slice(1));
                x.add(Ramp.of(arrays, shape));
                if (poison) {
                    x.get(x.size() - 1).set(new NDIndex("0, 0"), Float.NaN);
                }
            }
            ParameterStore parameters = new ParameterStore(arrays, false);
            NDList answers = body.forward(parameters, x, new TrialPass(EXAMPLES, training));
            return answers.stream().map(y -> TaintPass.taintedRows(Members.rows(y))).toList();
        }
    }

    private boolean isMixed(boolean[] tainted) {
        for (int row = 1; row < tainted.length; row++) {
            if (tainted[row] && (row >= form.getMembers() || form.isolatesMembers())) {
                return true;
            }
        }
        return false;
    }

    /** Rows in which the model itself gives NaN show nothing. */
    private void requireApart(List<boolean[]> clean, List<boolean[]> poisoned, boolean training) {
        for (int output = 0; output < clean.size(); output++) {
            boolean seen = false;
            for (int row = clean.get(output).length - 1; row >= 0; row--) {
                boolean own = clean.get(output)[row];
                seen |= !own;
                if (!own && poisoned.get(output)[row]) {
                    requireOwn(row / form.getMembers(), row % form.getMembers(), training);
                }
            }
            if (!seen) {
                throw new UnsupportedModelException(
                        Refusal.GIVES_NAN,
                        "The model gives NaN for positive features%s, so that it cannot be seen whether its members stay apart"
                                .formatted(training ? " in training" : ""));
            }
        }
    }

    private void requireOwn(int example, int member, boolean training) {
        String when = training ? " in training" : "";
        if (example > 0) {
            throw new UnsupportedModelException(
                    Refusal.MIXED_EXAMPLES,
                    "Code between the layers mixes the examples of a batch%s, and %s keeps members in the same axis: look for operations over the first axis"
                            .formatted(when, form.getName()));
        }
        if (member > 0 && form.isolatesMembers()) {
            throw new UnsupportedModelException(
                    Refusal.MIXED_MEMBERS,
                    "Code between the layers mixes the members of %s%s, as a reshape to a constant does: look for code that moves features to the first axis"
                            .formatted(form.getName(), when));
        }
    }
}
