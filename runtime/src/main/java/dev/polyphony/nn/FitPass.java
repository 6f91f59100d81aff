/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import dev.polyphony.nn.layer.Ramp;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A forward pass that fits each layer to its role and to the input that reaches it, with the widths
 * of one member; layers answer with arrays of the shapes that they will have.
 */
final class FitPass extends Pass {

    private final Form form;
    private final Roles roles;
    private final TaintPass plain;
    private final int examples;
    private final Map<EnsembleLayer, Integer> calls = new IdentityHashMap<>();
    private String misfit;

    /**
     * Creates the pass.
     *
     * @param form the form
     * @param roles the roles of the layers
     * @param plain what the layers read in the base model, with {@link Probe#EXAMPLES} examples
     * @param examples the number of examples of this pass
     */
    FitPass(Form form, Roles roles, TaintPass plain, int examples) {
        this.form = form;
        this.roles = roles;
        this.plain = plain;
        this.examples = examples;
    }

    /** {@inheritDoc} */
    @Override
    protected NDArray visit(EnsembleLayer layer, NDArray x, ParameterStore parameterStore) {
        noteRows(layer, x.getShape());
        Shape base = plain.getReadings(layer).get(0).input();
        try {
            Role role = roles.get(layer);
            if (layer.mixesFeatures()) {
                int axes = layer.isSpatial() ? x.getShape().dimension() - 2 : 0;
                form.requirePlace(layer.getBaseName(), role, axes);
            }
            return Ramp.of(x.getManager(), layer.fit(role, base, x.getShape()));
        } catch (RefusedLayerException e) {
            throw new UnsupportedModelException(e.getReason(), what(layer, e));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException(Refusal.LAYER, what(layer, e));
        }
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

    /** Code that counts on a width moves features to the rows, or rows to the features. */
    private void noteRows(EnsembleLayer layer, Shape input) {
        int call = calls.merge(layer, 1, Integer::sum) - 1;
        if (misfit != null || call >= plain.getReadings(layer).size()) {
            return;
        }
        long base = plain.getReadings(layer).get(call).input().get(0);
        Role role = roles.get(layer);
        boolean repeated = form.mergesInputs() ? role.readsInput() : form.repeatsInputs();
        long expected = base * examples * (repeated ? form.getMembers() : 1) / Probe.EXAMPLES;
        if (input.get(0) != expected) {
            misfit =
                    "%s is the first layer with other rows: it is given %s, where %d rows are a row for each %s"
                            .formatted(
                                    layer.getDescription(),
                                    input,
                                    expected,
                                    repeated ? "example and member" : "example");
        }
    }

    /** The first layer that is given another number of rows than its place in the model says. */
    Optional<String> getMisfit() {
        return Optional.ofNullable(misfit);
    }
}
