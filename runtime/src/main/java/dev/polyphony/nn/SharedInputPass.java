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
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import dev.polyphony.nn.layer.Ramp;
import java.util.Arrays;

/**
 * A pass that finds out whether an example that all members see must be repeated for each of them:
 * not if it goes, as it is, to layers that make what each member gives of one row, and nowhere
 * else.
 *
 * <p>The input is NaN and has a row for each example. Layers answer with the rows that they give;
 * what they are given must look as it does where the input is repeated.
 */
final class SharedInputPass extends Pass {

    private final NDList given;
    private final Form form;
    private final long rows;
    private boolean fits = true;

    private SharedInputPass(NDList given, Form form, long rows) {
        this.given = given;
        this.form = form;
        this.rows = rows;
    }

    /**
     * Tries a network whose layers are fitted.
     *
     * @param network the network
     * @param form its form
     * @param inputs the base model's input shapes
     * @param outputs the base model's output shapes
     * @param parent the manager of the arrays of the pass
     * @param training whether the user's code trains
     * @return whether one row of an example serves all members
     */
    static boolean fits(
            Block network,
            Form form,
            Shape[] inputs,
            Shape[] outputs,
            NDManager parent,
            boolean training) {
        if (form.getMembers() == 1 || !form.repeatsInputs()) {
            return false;
        }
        long rows = (long) Probe.EXAMPLES * form.getMembers();
        try (NDManager arrays = parent.newSubManager()) {
            NDList given = new NDList();
            for (Shape input : inputs) {
                given.add(arrays.full(Members.with(input, 0, Probe.EXAMPLES), Float.NaN));
            }
            SharedInputPass pass = new SharedInputPass(given, form, rows);
            ParameterStore store = new ParameterStore(arrays, false);
            NDList answers = pass.run(() -> network.forward(store, given, training));
            Shape[] expected =
                    Arrays.stream(outputs).map(y -> Members.with(y, 0, rows)).toArray(Shape[]::new);
            return pass.fits
                    && Arrays.equals(expected, answers.getShapes())
                    && !TaintPass.isTainted(answers);
        } catch (RuntimeException e) {
            // the user's code, on rows that it would not get
            return false;
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        NDArray x = inputs.head();
        boolean raw = given.stream().anyMatch(input -> input == x);
        fits &=
                raw
                        ? layer.takesSharedRows() && layer.getRole().readsInput()
                        : x.getShape().equals(ofMembers(layer, layer.getMemberInputShape()))
                                && !TaintPass.isTainted(inputs);
        if (!layer.mixesFeatures() || inputs.size() > 1) {
            return layer.pass(inputs);
        }
        Shape shape = ofMembers(layer, layer.getMemberOutputShape());
        // views of one row, for less memory
        return new NDList(Ramp.of(x.getManager(), Members.with(shape, 0, 1)).broadcast(shape));
    }

    /** A trunk was fitted for as many examples, and has a row for each. */
    private Shape ofMembers(EnsembleLayer layer, Shape fitted) {
        return form.sharesTrunk() ? fitted : Members.with(fitted, layer.getRowAxis(0), rows);
    }
}
