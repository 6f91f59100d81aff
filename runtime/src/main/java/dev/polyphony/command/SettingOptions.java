/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.Examples;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.harness.TrainingOptions;
import dev.polyphony.train.Selection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of how it is trained. */
final class SettingOptions {

    @Mixin private OptimizerOptions optimizer;

    @Option(
            names = "--accumulation",
            defaultValue = "1",
            paramLabel = "PARTS",
            description =
                    "Parts that a batch is computed in before one update, to save memory (default:"
                            + " ${DEFAULT-VALUE}).")
    private int accumulation;

    @Option(
            names = "--select",
            converter = Converters.ToSelection.class,
            paramLabel = "EPOCH",
            description =
                    "Whose parameters are kept: last, or on the validation data the best by loss or"
                            + " accuracy (default: last; with --patience loss).")
    private Selection selection;

    @Option(
            names = "--patience",
            defaultValue = "0",
            paramLabel = "EPOCHS",
            description =
                    "Epochs in a row without a better one after which training ends; 0 for never"
                            + " (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--label-smoothing",
            defaultValue = "0",
            paramLabel = "SHARE",
            description =
                    "Share of a label that is spread over all classes (default: ${DEFAULT-VALUE}).")
    private double labelSmoothing;

    @Option(
            names = "--class-weights",
            split = ",",
            paramLabel = "WEIGHT",
            description = "How much an example of each class counts, such as 1,1,2.5.")
    private double[] classWeights;

    @Option(
            names = "--balanced-classes",
            description = "Classes count equally, however many examples they have.")
    private boolean balancedClasses;

    @Option(
            names = "--bootstrap",
            description = "Each member is trained on a bootstrap sample of its own.")
    private boolean bootstrap;

    @Option(
            names = "--augment",
            converter = Augmentations.class,
            paramLabel = "LIST",
            description =
                    "How images are changed in training, in this order, such as"
                            + " crop=4,flip,cutmix=1:0.5: any of "
                            + Augmentations.CHOICE
                            + ". Pixels of augmix are from 0 to 1, and what crop and cutout leave"
                            + " empty is 0.")
    private Augmentation augmentation;

    @Option(
            names = "--divergence",
            defaultValue = "1000",
            paramLabel = "FACTOR",
            description =
                    "How many times its first value the loss may reach before training stops; 0 for"
                            + " any (default: ${DEFAULT-VALUE}).")
    private double divergence;

    int getSeed() {
        return optimizer.getSeed();
    }

    /** Requires that the data can be changed as the options say. */
    void require(Examples train) {
        if (augmentation == null) {
            return;
        }
        try {
            augmentation.require(train.getShape(), train.getTask());
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(
                    "--augment: %s (%s C,H,W says that the features are images)"
                            .formatted(e.getMessage(), DataOptions.SHAPE),
                    e);
        }
    }

    void apply(TrainingOptions<?> trainable) {
        optimizer.apply(trainable);
        trainable
                .optAccumulation(accumulation)
                .optPatience(patience)
                .optLabelSmoothing(labelSmoothing)
                .optClassWeights(classWeights == null ? new double[0] : classWeights)
                .optBalancedClasses(balancedClasses)
                .optBootstrap(bootstrap)
                .optAugmentation(augmentation)
                .optDivergence(divergence);
        if (selection != null) {
            trainable.optSelection(selection);
        } else if (patience > 0) {
            trainable.optSelection(Selection.leastLoss());
        }
    }
}
