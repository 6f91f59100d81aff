/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.LabeledData;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.data.augment.RandomCrop;
import dev.polyphony.engine.WithoutOneDnn;
import dev.polyphony.models.PlainCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;

/** A process that trains members in processes, to be killed. */
public final class MemberParent {

    static final LabeledData TRAIN = TestData.stripes(48, 3);

    private MemberParent() {}

    /** A harness as the processor writes it. */
    static Harness harness(int members, int classes) {
        NetworkSupplier<Ensemble> network =
                () -> PlainCnn.of(DeepEnsembleForm.of(members), classes);
        return harness(network, members);
    }

    static Harness harness(NetworkSupplier<Ensemble> network, int members) {
        return new Harness(
                "Cnn, deep", network, Recipe.of(DeepEnsembleForm.of(members))) {}.optProgress(
                        Progress.none())
                .optBatchSize(9)
                .optEpochs(3)
                .optLearningRate(0.01)
                .optOptimizer(OptimizerType.NESTEROV)
                .optAugmentation(Augmentation.of(RandomCrop.of(1), PixelMix.cutMix(1)))
                .optLabelSmoothing(0.1)
                .optSeed(4);
    }

    public static void main(String[] args) {
        WithoutOneDnn.apply();
        harness(2, 3).optEpochs(1_000_000).optProcesses(2, Path.of(args[0])).fit(TRAIN).close();
    }
}
