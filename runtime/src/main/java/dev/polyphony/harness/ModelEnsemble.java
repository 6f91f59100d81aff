/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import java.util.function.Supplier;

/** The plain model, or a deep ensemble of it. */
final class ModelEnsemble extends Ensemble {

    ModelEnsemble(DeepEnsembleForm form, Supplier<? extends Block> model) {
        super(form, model);
    }
}
