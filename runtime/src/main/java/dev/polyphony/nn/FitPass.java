/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import java.util.function.Function;

/**
 * A forward pass that fits each layer to its role and to the input that reaches it, with the widths
 * of one member; layers answer with arrays of the shapes that they will have.
 */
final class FitPass extends Pass {

    private final Form form;
    private final Function<EnsembleLayer, Role> roles;
    private final Function<EnsembleLayer, Shape> bases;

    FitPass(Form form, Function<EnsembleLayer, Role> roles, Function<EnsembleLayer, Shape> bases) {
        this.form = form;
        this.roles = roles;
        this.bases = bases;
    }

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        Role role = roles.apply(layer);
        Shape base = bases.apply(layer);
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
                    ? TaintPass.ramps(inputs.getManager(), outputs)
                    : layer.pass(inputs);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException(form + ": " + e.getMessage(), e);
        }
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
                    "%s: %s is given an array whose axis %d is not that of the examples, %s in the model for %d examples, while members ride in that axis. Code before the layer must not fold another axis into it, as reshape(-1, width) does, nor leave the examples out"
                            .formatted(form, layer.getBaseName(), axis, base, Probe.EXAMPLES));
        }
        long rows = input.get(axis);
        boolean ofMembers = rows == (long) Probe.EXAMPLES * form.getMembers();
        boolean ofTrunk = form.sharesTrunk() && rows == Probe.EXAMPLES;
        if (!ofMembers && !ofTrunk) {
            throw new UnsupportedModelException(
                    "%s: %s is given %d rows for %d examples of %d members. Code between the layers counts on a width, as a reshape to a constant does; with @Packed, alpha = m keeps the model's widths"
                            .formatted(
                                    form,
                                    layer.getBaseName(),
                                    rows,
                                    Probe.EXAMPLES,
                                    form.getMembers()));
        }
    }
}
