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
        tryOut(false);
        if (!onlyPrediction) {
            tryOut(true);
        }
    }

    /**
     * Tries the same, perhaps without parameters.
     *
     * @param onlyPrediction whether to leave training out
     * @return whether all is well; what is wrong, {@link #run} tells
     */
    boolean passes(boolean onlyPrediction) {
        try {
            run(onlyPrediction);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void tryOut(boolean training) {
        if (isApart(training)) {
            return;
        }
        try {
            runIn(training, null);
        } catch (UnsupportedModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnsupportedModelException(
                    Refusal.TRAINING_FAILS,
                    "%s: the model's own code fails %s%s: %s"
                            .formatted(
                                    form,
                                    training ? "in training" : "on the features of members",
                                    UserCode.place(e),
                                    UserCode.message(e)),
                    Refusal.TRAINING_FAILS.getWayOut(),
                    e);
        }
    }

    /**
     * Where all rows are members', one example of each shows all mixing, for half the memory; views
     * take less of it, too. What is wrong, two examples tell, with arrays of their own.
     */
    private boolean isApart(boolean training) {
        int examples = form.mergesInputs() ? EXAMPLES : 1;
        TrialPass pass = new TrialPass(examples, training, true);
        try {
            return forward(pass, true, null).stream().noneMatch(this::isMixed);
        } catch (RuntimeException e) {
            return false;
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
        List<boolean[]> poisoned = forwardPoisoned(labels, training);
        if (poisoned.stream().anyMatch(this::isMixed)) {
            requireApart(forward(newPass(training), false, labels), poisoned, training);
        }
    }

    /** Labels may be numbers of classes, which cannot be NaN. */
    private List<boolean[]> forwardPoisoned(NDList labels, boolean training) {
        if (labels == null) {
            return forward(newPass(training), true, null);
        }
        try {
            return forward(newPass(training), true, poisoned(labels));
        } catch (RuntimeException e) {
            return forward(newPass(training), true, labels);
        }
    }

    private static TrialPass newPass(boolean training) {
        return new TrialPass(EXAMPLES, training, false);
    }

    /** Poisons the first example of the first member, where that is possible. */
    private static NDList poisoned(NDList arrays) {
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

    /** Runs the network and tells for each output which rows of examples and members have NaN. */
    private List<boolean[]> forward(TrialPass pass, boolean poison, NDList labels) {
        try (NDManager arrays = manager.newSubManager()) {
            NDList clean = new NDList();
            for (Shape input : inputs) {
                Shape shape =
                        new Shape(pass.getExamples(), form.getMembers()).addAll(input.slice(1));
                clean.add(Ramp.of(arrays, shape));
            }
            ParameterStore parameters = new ParameterStore(arrays, false);
            NDList x = poison ? poisoned(clean) : clean;
            NDList answers = body.forward(parameters, x, labels, pass);
            pass.requireUnchanged();
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
