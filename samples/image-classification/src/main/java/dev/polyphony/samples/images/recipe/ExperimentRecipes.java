/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.data.Scale;
import dev.polyphony.samples.images.model.BatchEnsembleCifarNetHarness;
import dev.polyphony.samples.images.model.BatchEnsembleResNetHarness;
import dev.polyphony.samples.images.model.CutMixMoCifarNetHarness;
import dev.polyphony.samples.images.model.CutMixMoResNetHarness;
import dev.polyphony.samples.images.model.DeepEnsembleCifarNetHarness;
import dev.polyphony.samples.images.model.DeepEnsembleResNetHarness;
import dev.polyphony.samples.images.model.LinearMixMoCifarNetHarness;
import dev.polyphony.samples.images.model.LinearMixMoResNetHarness;
import dev.polyphony.samples.images.model.PackedCifarNetHarness;
import dev.polyphony.samples.images.model.PackedResNetHarness;
import dev.polyphony.samples.images.model.PairMimoCifarNetHarness;
import dev.polyphony.samples.images.model.PairMimoResNetHarness;
import dev.polyphony.samples.images.model.PlainCifarNetHarness;
import dev.polyphony.samples.images.model.PlainResNetHarness;
import dev.polyphony.train.optimize.OptimizerType;
import java.util.ArrayList;
import java.util.List;

/**
 * The reduced experiment: every method with two small networks on a part of CIFAR-10, with the same
 * number of epochs and of updates. MIMO and MixMo have each image twice in a batch, which has twice
 * the rows.
 */
public final class ExperimentRecipes {

    /** The share of the training images: 10,000 of CIFAR-10. */
    public static final double TRAIN_SHARE = 0.2;

    private static final Reported NOTHING = Reported.none("reduced experiment");
    private static final int REPETITIONS = 2;

    private ExperimentRecipes() {}

    /**
     * Returns all rows.
     *
     * @return the recipes, whose names are those of the network and of the method
     */
    public static List<Recipe> all() {
        List<Recipe> all = new ArrayList<>();
        addCifarNet(all, "plain", 1, PlainCifarNetHarness::of);
        addCifarNet(all, "deep-ensemble", 1, DeepEnsembleCifarNetHarness::of);
        addCifarNet(all, "packed", 1, PackedCifarNetHarness::of);
        addCifarNet(all, "batchensemble", 1, BatchEnsembleCifarNetHarness::of);
        addCifarNet(all, "mimo", REPETITIONS, PairMimoCifarNetHarness::of);
        addCifarNet(all, "mixmo-linear", REPETITIONS, LinearMixMoCifarNetHarness::of);
        addCifarNet(all, "mixmo-cutmix", REPETITIONS, CutMixMoCifarNetHarness::of);
        addResNet(all, "plain", 1, PlainResNetHarness::of);
        addResNet(all, "deep-ensemble", 1, DeepEnsembleResNetHarness::of);
        addResNet(all, "packed", 1, PackedResNetHarness::of);
        addResNet(all, "batchensemble", 1, BatchEnsembleResNetHarness::of);
        addResNet(all, "mimo", REPETITIONS, PairMimoResNetHarness::of);
        addResNet(all, "mixmo-linear", REPETITIONS, LinearMixMoResNetHarness::of);
        addResNet(all, "mixmo-cutmix", REPETITIONS, CutMixMoResNetHarness::of);
        return all;
    }

    private static void addCifarNet(
            List<Recipe> all, String form, int repetitions, Networks.Three harness) {
        Network network =
                new Network(
                        "CifarNet",
                        (classes, scale) ->
                                harness.of(16, scale == Scale.SMOKE ? 16 : 64, classes));
        all.add(recipe("cifarnet-" + form, network, epochs(15, repetitions)));
    }

    private static void addResNet(
            List<Recipe> all, String form, int repetitions, Networks.ResNets harness) {
        Network network =
                new Network(
                        "narrow ResNet-18",
                        (classes, scale) ->
                                harness.of(18, scale == Scale.SMOKE ? 4 : 8, classes, false));
        all.add(recipe("resnet18-" + form, network, epochs(5, repetitions)));
    }

    private static Optimization epochs(int epochs, int repetitions) {
        return new Optimization(
                epochs,
                64 * repetitions,
                OptimizerType.NESTEROV,
                0.05,
                1,
                0.1,
                new int[] {6 * epochs / 10, 85 * epochs / 100},
                5e-4,
                false);
    }

    private static Recipe recipe(String name, Network network, Optimization optimization) {
        return new Recipe(
                name, DataSet.CIFAR10, network, optimization, Augment.CROP_AND_FLIP, NOTHING);
    }
}
