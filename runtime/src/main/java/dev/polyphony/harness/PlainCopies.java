/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Makes a deep ensemble of copies of a plain model: what a vectorized network is, taken apart.
 *
 * @param members the number of members
 * @param model makes the plain model
 */
record PlainCopies(int members, Supplier<? extends Block> model)
        implements NetworkSupplier<ModelEnsemble> {

    PlainCopies {
        Objects.requireNonNull(model, "model");
    }

    @Override
    public ModelEnsemble get() {
        return new ModelEnsemble(DeepEnsembleForm.of(members), model);
    }
}
