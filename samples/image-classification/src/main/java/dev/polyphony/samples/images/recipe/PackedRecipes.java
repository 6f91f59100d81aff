/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.harness.Harness;
import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.model.BatchEnsembleLeNetHarness;
import dev.polyphony.samples.images.model.BatchEnsembleResNetHarness;
import dev.polyphony.samples.images.model.DeepEnsembleLeNetHarness;
import dev.polyphony.samples.images.model.GroupedPackedResNetHarness;
import dev.polyphony.samples.images.model.GroupedPackedWideResNetHarness;
import dev.polyphony.samples.images.model.MimoLeNetHarness;
import dev.polyphony.samples.images.model.PackedLeNetHarness;
import dev.polyphony.samples.images.model.PackedResNetHarness;
import dev.polyphony.samples.images.model.PackedVggHarness;
import dev.polyphony.samples.images.model.PackedWideResNetHarness;
import dev.polyphony.samples.images.model.PlainLeNetHarness;
import dev.polyphony.samples.images.model.PlainResNetHarness;
import dev.polyphony.samples.images.model.PlainVggHarness;
import dev.polyphony.samples.images.model.PlainWideResNetHarness;
import dev.polyphony.train.optimize.OptimizerType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Packed-Ensembles next to the plain network and BatchEnsemble, with the settings of the
 * experiments in TorchUncertainty, and its tutorial.
 *
 * @see <a href="https://arxiv.org/abs/2210.09184">Packed-Ensembles for Efficient Uncertainty
 *     Estimation</a>
 */
final class PackedRecipes {

    private static final Reported EXPERIMENTS =
            Reported.none("experiments of TorchUncertainty 0.8.0");
    private static final Reported TUTORIAL =
            Reported.none("tutorial on Packed-Ensembles of TorchUncertainty 0.8.0");
    private static final Reported ALIKE =
            Reported.none("ours, with the settings of the experiments of TorchUncertainty 0.8.0");
    private static final Reported OURS =
            Reported.none(
                    "ours, with the settings of TorchUncertainty's ResNet-50 at half the rate");

    private static final String PACKED = "packed, m = 4, alpha = 2";
    private static final String GROUPED = PACKED + ", gamma = 2";

    private static final Optimization SHORT =
            new Optimization(
                    75, 128, OptimizerType.SGD, 0.05, 0, 0.1, new int[] {25, 50}, 5e-4, false);

    private PackedRecipes() {}

    private static Optimization longer(double learningRate) {
        return new Optimization(
                200,
                128,
                OptimizerType.NESTEROV,
                learningRate,
                0,
                0.2,
                new int[] {60, 120, 160},
                5e-4,
                false);
    }

    static Stream<Recipe> all() {
        List<Recipe> all = new ArrayList<>();
        for (DataSet data : new DataSet[] {DataSet.CIFAR10, DataSet.CIFAR100}) {
            boolean isTen = data == DataSet.CIFAR10;
            Optimization small = isTen ? SHORT : longer(0.1);
            addResNet(all, data, 18, small, small);
            addResNet(all, data, 50, longer(0.1), longer(0.08));
            addWideResNet(all, data);
        }
        addTutorial(all);
        addFashion(all);
        all.add(vgg("plain", "plain", PlainVggHarness::of));
        all.add(vgg("packed", PACKED, PackedVggHarness::of));
        return all.stream();
    }

    private static void addResNet(
            List<Recipe> all,
            DataSet data,
            int depth,
            Optimization optimization,
            Optimization batchEnsemble) {
        String name = "resnet" + depth;
        add(
                all,
                data,
                name + "-plain",
                net(depth, "plain", PlainResNetHarness::of),
                optimization,
                EXPERIMENTS);
        add(
                all,
                data,
                name + "-packed",
                net(depth, PACKED, PackedResNetHarness::of),
                optimization,
                ALIKE);
        add(
                all,
                data,
                name + "-packed-gamma2",
                net(depth, GROUPED, GroupedPackedResNetHarness::of),
                optimization,
                EXPERIMENTS);
        add(
                all,
                data,
                name + "-batchensemble",
                net(depth, "BatchEnsemble of 4", BatchEnsembleResNetHarness::of),
                batchEnsemble,
                EXPERIMENTS);
    }

    private static Network net(int depth, String form, Networks.ResNets harness) {
        return Networks.resNet(depth, false, form, harness);
    }

    private static void addWideResNet(List<Recipe> all, DataSet data) {
        Network plain = wide("plain", PlainWideResNetHarness::of);
        Network packed = wide(PACKED, PackedWideResNetHarness::of);
        Network grouped = wide(GROUPED, GroupedPackedWideResNetHarness::of);
        Reported source = data == DataSet.CIFAR10 ? EXPERIMENTS : ALIKE;
        add(all, data, "wrn2810-plain", plain, longer(0.1), EXPERIMENTS);
        add(all, data, "wrn2810-packed", packed, longer(0.1), ALIKE);
        add(all, data, "wrn2810-packed-gamma2", grouped, longer(0.1), source);
    }

    private static Network wide(String form, Networks.WideResNets harness) {
        return Networks.wideResNet(form, false, harness);
    }

    private static void add(
            List<Recipe> all,
            DataSet data,
            String name,
            Network network,
            Optimization optimization,
            Reported reported) {
        String prefix = data == DataSet.CIFAR10 ? "cifar10-" : "cifar100-";
        all.add(
                new Recipe(
                        prefix + name,
                        data,
                        network,
                        optimization,
                        Augment.CROP_AND_FLIP,
                        reported));
    }

    private static void addTutorial(List<Recipe> all) {
        Optimization three =
                new Optimization(3, 256, OptimizerType.SGD, 0.2, 0, 0.1, new int[0], 0, false);
        all.add(
                new Recipe(
                        "cifar10-tutorial-packed",
                        DataSet.CIFAR10_PLAIN,
                        Networks.leNet(PACKED, (classes, scale) -> PackedLeNetHarness.of(classes)),
                        three,
                        Augment.NONE,
                        TUTORIAL));
        all.add(
                new Recipe(
                        "cifar10-tutorial-plain",
                        DataSet.CIFAR10_PLAIN,
                        Networks.leNet("plain", (classes, scale) -> PlainLeNetHarness.of(classes)),
                        three,
                        Augment.NONE,
                        TUTORIAL));
    }

    private static void addFashion(List<Recipe> all) {
        Optimization ten =
                new Optimization(10, 128, OptimizerType.ADAM, 1e-3, 0, 0.1, new int[0], 0, false);
        all.add(fashion("plain", "plain", ten, PlainLeNetHarness::of));
        all.add(fashion("deep-ensemble", "deep ensemble of 4", ten, DeepEnsembleLeNetHarness::of));
        all.add(fashion("packed", PACKED, ten, PackedLeNetHarness::of));
        all.add(fashion("batchensemble", "BatchEnsemble of 4", ten, BatchEnsembleLeNetHarness::of));
        all.add(fashion("mimo", "MIMO of 2", ten, MimoLeNetHarness::of));
    }

    private static Recipe fashion(
            String name, String form, Optimization optimization, IntFunction<Harness> harness) {
        return new Recipe(
                "fashion-lenet-" + name,
                DataSet.FASHION_MNIST,
                Networks.leNet(form, (classes, scale) -> harness.apply(classes)),
                optimization,
                Augment.NONE,
                Reported.none("ours"));
    }

    private static Recipe vgg(String name, String form, Networks.Three harness) {
        return new Recipe(
                "cifar10-vgg16-" + name,
                DataSet.CIFAR10,
                Networks.vgg(16, form, harness),
                longer(0.05),
                Augment.CROP_AND_FLIP,
                OURS);
    }
}
