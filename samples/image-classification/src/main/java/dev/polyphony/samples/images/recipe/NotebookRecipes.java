/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.harness.Harness;
import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.model.AdditiveBatchEnsembleCifarNetHarness;
import dev.polyphony.samples.images.model.BatchEnsembleCifarNetHarness;
import dev.polyphony.samples.images.model.DeepEnsembleCifarNetHarness;
import dev.polyphony.samples.images.model.MimoCifarNet;
import dev.polyphony.samples.images.model.MimoCifarNetHarness;
import dev.polyphony.samples.images.model.PlainCifarNetHarness;
import dev.polyphony.train.optimize.OptimizerType;
import java.util.stream.Stream;

/**
 * The CIFAR-10 part of the MIMO notebook: 250 epochs in batches of 128. Its MIMO gives all members
 * the same input and trains their mean logits; here is that one, and MIMO as in the paper. Beside
 * them the two forms of BatchEnsemble, the published one and that of the BatchEnsemble notebook.
 */
final class NotebookRecipes {

    private static final String SOURCE = "MIMO notebook";
    private static final String OURS =
            "forms of the BatchEnsemble notebook, settings of the MIMO notebook";

    private static final Optimization ADAM =
            new Optimization(250, 128, OptimizerType.ADAM, 1e-3, 0, 0.1, new int[0], 0, false);

    private NotebookRecipes() {}

    static Stream<Recipe> all() {
        return Stream.of(
                recipe("plain", "plain", PlainCifarNetHarness::of, Reported.none(SOURCE)),
                recipe(
                        "deep-ensemble",
                        "deep ensemble of 3",
                        DeepEnsembleCifarNetHarness::of,
                        Reported.of(69.9, SOURCE)),
                recipe(
                        "mimo-same-inputs",
                        "MIMO of 3 that see the same",
                        NotebookRecipes::sameInputs,
                        Reported.of(63.1, SOURCE)),
                recipe("mimo", "MIMO of 3", MimoCifarNetHarness::of, Reported.none(SOURCE)),
                recipe(
                        "batchensemble",
                        "BatchEnsemble of 3",
                        BatchEnsembleCifarNetHarness::of,
                        Reported.none(OURS)),
                recipe(
                        "batchensemble-additive",
                        "additive BatchEnsemble of 3",
                        AdditiveBatchEnsembleCifarNetHarness::of,
                        Reported.none(OURS)));
    }

    private static Harness sameInputs(int width, int hidden, int classes) {
        return MimoCifarNetHarness.of(width, hidden, classes)
                .optRecipe(dev.polyphony.train.Recipe.sameInputs(MimoCifarNet.FORM));
    }

    private static Recipe recipe(
            String name, String form, Networks.Three harness, Reported reported) {
        return new Recipe(
                "cifar10-cifarnet-" + name,
                DataSet.CIFAR10,
                Networks.cifarNet(form, harness),
                ADAM,
                Augment.NONE,
                reported);
    }
}
