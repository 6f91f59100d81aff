/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import java.util.function.Supplier;

/** The harness of the plain model, and of a deep ensemble of it. */
final class ModelHarness extends Harness {

    private ModelHarness(String name, DeepEnsembleForm form, Supplier<? extends Block> model) {
        super(name, () -> new ModelEnsemble(form, model), Recipe.of(form), model, null);
    }

    static ModelHarness plain(Supplier<? extends Block> model) {
        return new ModelHarness("plain", DeepEnsembleForm.of(1), model);
    }

    static ModelHarness deepEnsemble(int members, Supplier<? extends Block> model) {
        return new ModelHarness("deep ensemble", DeepEnsembleForm.of(members), model);
    }
}
