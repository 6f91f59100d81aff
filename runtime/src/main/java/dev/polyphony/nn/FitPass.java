/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
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
    protected NDArray visit(EnsembleLayer layer, NDArray x, ParameterStore parameterStore) {
        try {
            if (layer.mixesFeatures()) {
                int axes = layer.isSpatial() ? x.getShape().dimension() - 2 : 0;
                form.requirePlace(layer.getBaseName(), roles.apply(layer), axes);
            }
            Shape output = layer.fit(roles.apply(layer), bases.apply(layer), x.getShape());
            return TaintPass.ramp(x.getManager(), output);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException(form + ": " + e.getMessage(), e);
        }
    }
}
