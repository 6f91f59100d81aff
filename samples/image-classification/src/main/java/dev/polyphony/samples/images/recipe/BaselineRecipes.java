/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.model.BatchEnsembleWideResNetHarness;
import dev.polyphony.samples.images.model.ImageNetBatchEnsembleResNetHarness;
import dev.polyphony.samples.images.model.ImageNetMimoResNetHarness;
import dev.polyphony.samples.images.model.MimoWideResNetHarness;
import dev.polyphony.train.optimize.OptimizerType;
import java.util.stream.Stream;

/**
 * MIMO and BatchEnsemble, with the settings and the accuracies of the Uncertainty Baselines.
 *
 * @see <a href="https://arxiv.org/abs/2010.06610">Training independent subnetworks for robust
 *     prediction</a>
 * @see <a href="https://arxiv.org/abs/2002.06715">BatchEnsemble</a>
 */
final class BaselineRecipes {

    private static final String SOURCE = "Uncertainty Baselines, tables of results";

    private static final Network MIMO =
            Networks.wideResNet("MIMO of 3", false, MimoWideResNetHarness::of);
    private static final Network BATCH_ENSEMBLE =
            Networks.wideResNet("BatchEnsemble of 4", false, BatchEnsembleWideResNetHarness::of);

    /** 128 distinct images a step: MIMO has each four times, BatchEnsemble tiles them. */
    private static final Optimization CIFAR_MIMO = cifar(512);

    private static final Optimization CIFAR_BATCH_ENSEMBLE = cifar(128);

    private static final Optimization IMAGENET_MIMO =
            new Optimization(
                    150,
                    4096,
                    OptimizerType.NESTEROV,
                    0.8,
                    5,
                    0.1,
                    new int[] {50, 100, 133},
                    2e-4,
                    true);

    private static final Optimization IMAGENET_BATCH_ENSEMBLE =
            new Optimization(
                    135,
                    1024,
                    OptimizerType.NESTEROV,
                    0.4,
                    5,
                    0.1,
                    new int[] {45, 90, 120},
                    2e-4,
                    true);

    private BaselineRecipes() {}

    private static Optimization cifar(int batchSize) {
        return new Optimization(
                250,
                batchSize,
                OptimizerType.NESTEROV,
                0.1,
                1,
                0.2,
                new int[] {100, 200, 225},
                6e-4,
                false);
    }

    static Stream<Recipe> all() {
        return Stream.of(
                recipe("cifar10-wrn2810-mimo", DataSet.CIFAR10, MIMO, CIFAR_MIMO, 96.4),
                recipe("cifar100-wrn2810-mimo", DataSet.CIFAR100, MIMO, CIFAR_MIMO, 82.0),
                recipe(
                        "imagenet-resnet50-mimo",
                        DataSet.IMAGENET,
                        Networks.resNet(50, true, "MIMO of 2", ImageNetMimoResNetHarness::of),
                        IMAGENET_MIMO,
                        77.5),
                recipe(
                        "cifar10-wrn2810-batchensemble",
                        DataSet.CIFAR10,
                        BATCH_ENSEMBLE,
                        CIFAR_BATCH_ENSEMBLE,
                        96.3),
                recipe(
                        "cifar100-wrn2810-batchensemble",
                        DataSet.CIFAR100,
                        BATCH_ENSEMBLE,
                        CIFAR_BATCH_ENSEMBLE,
                        81.9),
                recipe(
                        "imagenet-resnet50-batchensemble",
                        DataSet.IMAGENET,
                        Networks.resNet(
                                50,
                                true,
                                "BatchEnsemble of 4",
                                ImageNetBatchEnsembleResNetHarness::of),
                        IMAGENET_BATCH_ENSEMBLE,
                        76.8));
    }

    private static Recipe recipe(
            String name,
            DataSet data,
            Network network,
            Optimization optimization,
            double accuracy) {
        return new Recipe(
                name,
                data,
                network,
                optimization,
                Augment.CROP_AND_FLIP,
                Reported.of(accuracy, SOURCE));
    }
}
