/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.model.CutMixMoPreActResNetHarness;
import dev.polyphony.samples.images.model.CutMixMoWideResNetHarness;
import dev.polyphony.samples.images.model.EvenMixMoWideResNetHarness;
import dev.polyphony.samples.images.model.LinearMixMoPreActResNetHarness;
import dev.polyphony.samples.images.model.LinearMixMoWideResNetHarness;
import dev.polyphony.samples.images.model.PlainPreActResNetHarness;
import dev.polyphony.samples.images.model.PlainWideResNetHarness;
import dev.polyphony.train.optimize.OptimizerType;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of MixMo, with the settings of its authors' repository. Accuracies are those of the
 * epoch that is the best on the test data, as reported there.
 *
 * @see <a href="https://arxiv.org/abs/2103.06132">MixMo: Mixing Multiple Inputs for Multiple
 *     Outputs via Deep Subnetworks</a>
 */
final class MixMoRecipes {

    private static final String SOURCE = "MixMo repository, table of results";

    private static final Network PLAIN =
            Networks.wideResNet("plain", true, PlainWideResNetHarness::of);
    private static final Network MIMO =
            Networks.wideResNet("MixMo that mixes evenly", true, EvenMixMoWideResNetHarness::of);
    private static final Network LINEAR =
            Networks.wideResNet("linear MixMo", true, LinearMixMoWideResNetHarness::of);
    private static final Network CUT =
            Networks.wideResNet("Cut-MixMo", true, CutMixMoWideResNetHarness::of);

    private MixMoRecipes() {}

    /** A row of the tables of CIFAR, whose last columns are accuracies on CIFAR-10 and -100. */
    private record Row(
            String name,
            Network network,
            Augment augment,
            int repetitions,
            double cifar10,
            double cifar100,
            double highest100) {}

    private static final List<Row> CIFAR =
            List.of(
                    row("1net-standard", PLAIN, Augment.CROP_AND_FLIP, 1, 96.37, 81.79, 81.79),
                    row("1net-msdamixup", PLAIN, Augment.MIXUP, 1, 97.07, 83.43, 83.43),
                    row("1net-msdacutmix", PLAIN, Augment.CUTMIX, 1, 97.28, 83.95, 83.95),
                    row("2-mimo-standard", MIMO, Augment.CROP_AND_FLIP, 4, 96.71, 82.92, 82.92),
                    row(
                            "2-linearmixmo-standard",
                            LINEAR,
                            Augment.CROP_AND_FLIP,
                            4,
                            96.88,
                            82.96,
                            82.96),
                    row(
                            "2-cutmixmo-p5-standard",
                            CUT,
                            Augment.CROP_AND_FLIP,
                            4,
                            97.52,
                            85.52,
                            85.59),
                    row("2-linearmixmo-msdacutmix", LINEAR, Augment.CUTMIX, 4, 97.73, 85.36, 85.57),
                    row("2-cutmixmo-p5-msdacutmix", CUT, Augment.CUTMIX, 4, 97.83, 85.77, 85.92));

    private static Row row(
            String name,
            Network network,
            Augment augment,
            int repetitions,
            double cifar10,
            double cifar100,
            double highest100) {
        return new Row(name, network, augment, repetitions, cifar10, cifar100, highest100);
    }

    static Stream<Recipe> all() {
        Stream<Recipe> cifar100 =
                CIFAR.stream()
                        .map(
                                row ->
                                        cifar(
                                                DataSet.CIFAR100,
                                                "cifar100",
                                                row,
                                                new Reported(
                                                        row.cifar100, row.highest100, SOURCE)));
        Stream<Recipe> cifar10 =
                CIFAR.stream()
                        .map(
                                row ->
                                        cifar(
                                                DataSet.CIFAR10,
                                                "cifar10",
                                                row,
                                                Reported.of(row.cifar10, SOURCE)));
        return Stream.of(cifar100, cifar10, tiny()).flatMap(rows -> rows);
    }

    private static Recipe cifar(DataSet data, String prefix, Row row, Reported reported) {
        return new Recipe(
                "%s-wrn2810-%s-bar%d".formatted(prefix, row.name, row.repetitions),
                data,
                row.network,
                new Optimization(
                        300,
                        64,
                        OptimizerType.NESTEROV,
                        0.05 / row.repetitions,
                        1,
                        0.1,
                        new int[] {100, 200, 225},
                        6e-4,
                        false),
                row.augment,
                reported);
    }

    private static Stream<Recipe> tiny() {
        return Stream.of(
                tiny(1, "1net-standard", "plain", PlainPreActResNetHarness::of, 1, 62.75),
                tiny(1, "2-linearmixmo-standard", "linear MixMo", LINEAR_TINY, 4, 62.91),
                tiny(1, "2-cutmixmo-p5-standard", "Cut-MixMo", CUT_TINY, 4, 64.32),
                tiny(2, "1net-standard", "plain", PlainPreActResNetHarness::of, 1, 64.91),
                tiny(2, "2-linearmixmo-standard", "linear MixMo", LINEAR_TINY, 4, 67.03),
                tiny(2, "2-cutmixmo-p5-standard", "Cut-MixMo", CUT_TINY, 4, 69.12),
                tiny(3, "1net-standard", "plain", PlainPreActResNetHarness::of, 1, 65.84),
                tiny(3, "2-linearmixmo-standard", "linear MixMo", LINEAR_TINY, 4, 68.36),
                tiny(3, "2-cutmixmo-p5-standard", "Cut-MixMo", CUT_TINY, 4, 70.23));
    }

    private static final Networks.Three LINEAR_TINY = LinearMixMoPreActResNetHarness::of;
    private static final Networks.Three CUT_TINY = CutMixMoPreActResNetHarness::of;

    private static Recipe tiny(
            int width,
            String name,
            String form,
            Networks.Three harness,
            int repetitions,
            double accuracy) {
        return new Recipe(
                "tinyimagenet-res18%s-%s-bar%d"
                        .formatted(width == 1 ? "" : "" + width, name, repetitions),
                DataSet.TINY_IMAGENET,
                Networks.preActResNet(width, form, harness),
                new Optimization(
                        1200,
                        100,
                        OptimizerType.NESTEROV,
                        0.2 / repetitions,
                        1,
                        0.1,
                        new int[] {599, 899},
                        1e-4,
                        false),
                Augment.CROP_AND_FLIP,
                Reported.of(accuracy, SOURCE));
    }
}
