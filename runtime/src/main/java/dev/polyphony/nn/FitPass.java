/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import dev.polyphony.nn.layer.Ramp;

/**
 * A forward pass that fits each layer to its role and to the input that reaches it, with the widths
 * of one member; layers answer with arrays of the shapes that they will have.
 */
final class FitPass extends Pass {

    private final Form form;
    private final Roles roles;
    private final TaintPass plain;
    private final int examples;
    private final boolean sharing;

    /**
     * Creates the pass.
     *
     * @param form the form
     * @param roles the roles of the layers
     * @param plain what the layers read in the base model, with {@link Probe#EXAMPLES} examples
     * @param examples the number of examples of this pass
     * @param sharing whether the rows of an answer are views of one, for less memory
     */
    FitPass(Form form, Roles roles, TaintPass plain, int examples, boolean sharing) {
        this.form = form;
        this.roles = roles;
        this.plain = plain;
        this.examples = examples;
        this.sharing = sharing;
    }

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        Role role = roles.get(layer);
        Shape base = plain.getReadings(layer).get(0).input();
        if (tellsMembersApart(layer, role)) {
            requireRows(layer, base, inputs.head().getShape());
        }
        try {
            if (layer.mixesFeatures()) {
                int axes = layer.isSpatial() ? base.dimension() - 2 : 0;
                form.requirePlace(layer.getBaseName(), role, axes);
            }
            Shape[] outputs = layer.fit(role, base, inputs.getShapes());
            return layer.mixesFeatures()
                    ? answers(inputs.getManager(), outputs)
                    : layer.pass(inputs);
        } catch (RefusedLayerException e) {
            throw new UnsupportedModelException(e.getReason(), what(layer, e));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException(Refusal.LAYER, what(layer, e));
        }
    }

    private NDList answers(NDManager manager, Shape... shapes) {
        if (!sharing) {
            return TaintPass.ramps(manager, shapes);
        }
        NDList answers = new NDList();
        for (Shape shape : shapes) {
            answers.add(Ramp.of(manager, Members.with(shape, 0, 1)).broadcast(shape));
        }
        return answers;
    }

    private String what(EnsembleLayer layer, IllegalArgumentException e) {
        String message = e.getMessage();
        String name = layer.getBaseName();
        boolean named = message.startsWith(name);
        return "%s: %s%s"
                .formatted(
                        form,
                        layer.getDescription(),
                        named ? message.substring(name.length()) : ": " + message);
    }

    /** In a trunk, and where all rows share a normalisation, it does not matter whose a row is. */
    private boolean tellsMembersApart(EnsembleLayer layer, Role role) {
        if (form.getMembers() == 1) {
            return false;
        }
        return layer.mixesFeatures()
                ? !form.sharesTrunk() || role != Role.HIDDEN
                : form.normalizesMembersApart(role);
    }

    /** Whose a row is, its place tells: the rows must be those of the examples. */
    private void requireRows(EnsembleLayer layer, Shape base, Shape input) {
        int axis = layer.getRowAxis(0);
        if (base.get(axis) != Probe.EXAMPLES) {
            throw new UnsupportedModelException(
                    Refusal.FOLDED_ROWS,
                    "%s: %s is given an array whose axis %d is not that of the examples, %s in the model for %d examples, while members ride in that axis"
                            .formatted(form, layer.getDescription(), axis, base, Probe.EXAMPLES));
        }
        long rows = input.get(axis);
        boolean ofMembers = rows == (long) examples * form.getMembers();
        boolean ofTrunk = form.sharesTrunk() && rows == examples;
        if (!ofMembers && !ofTrunk) {
            throw new UnsupportedModelException(
                    Refusal.WRONG_ROWS,
                    "%s: %s is given %d rows where examples and members make %d: code before it counts on a width"
                            .formatted(
                                    form,
                                    layer.getDescription(),
                                    rows,
                                    (long) examples * form.getMembers()));
        }
    }
}
