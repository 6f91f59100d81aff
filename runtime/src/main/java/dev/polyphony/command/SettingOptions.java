/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.Examples;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.harness.TrainingOptions;
import dev.polyphony.train.Selection;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import picocli.CommandLine.Option;

/** The options of how it is trained. */
final class SettingOptions {

    /** The option that a run may be gone on with for longer. */
    static final String EPOCHS = "--epochs";

    /** The factor of the learning rate where a warm-up begins. */
    private static final double START = 0.01;

    @Option(
            names = EPOCHS,
            defaultValue = "10",
            paramLabel = "N",
            description = "Passes through the training data (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batch-size",
            defaultValue = "128",
            paramLabel = "N",
            description = "Rows that a member sees in a step (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = {"--learning-rate", "--lr"},
            defaultValue = "0.001",
            paramLabel = "RATE",
            description = "Learning rate (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--schedule",
            defaultValue = "constant",
            converter = Schedules.class,
            paramLabel = "SCHEDULE",
            description =
                    "How the learning rate changes: "
                            + Schedules.CHOICE
                            + " (default: ${DEFAULT-VALUE}).")
    private Schedule schedule;

    @Option(
            names = "--warm-up",
            defaultValue = "0",
            paramLabel = "EPOCHS",
            description =
                    "Epochs in which the learning rate rises from a hundredth; fractions count"
                            + " (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(
            names = "--optimizer",
            defaultValue = "ADAM",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OptimizerType optimizer;

    @Option(
            names = "--momentum",
            defaultValue = "0.9",
            paramLabel = "SHARE",
            description = "Momentum of SGD and NESTEROV (default: ${DEFAULT-VALUE}).")
    private double momentum;

    @Option(
            names = "--weight-decay",
            defaultValue = "0",
            paramLabel = "RATE",
            description =
                    "Weight decay, of all parameters but fast weights (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--weights-decay-alone",
            description = "Biases, and scales and shifts of normalisation, do not decay.")
    private boolean weightsDecayAlone;

    @Option(
            names = "--clip-norm",
            defaultValue = "0",
            paramLabel = "NORM",
            description = "Largest norm of the gradient; 0 for any (default: ${DEFAULT-VALUE}).")
    private double clipNorm;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of everything that is drawn (default: ${DEFAULT-VALUE}).")
    private int seed;

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
        return seed;
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
        if (warmUp > epochs) {
            throw new WrongCallException(
                    "--warm-up %s is longer than the training, %s %d: the learning rate would never be reached"
                            .formatted(warmUp, EPOCHS, epochs));
        }
        trainable
                .optEpochs(epochs)
                .optBatchSize(batchSize)
                .optLearningRate(learningRate)
                .optSchedule(warmUp == 0 ? schedule : schedule.withWarmUp(warmUp, START))
                .optOptimizer(optimizer)
                .optMomentum(momentum)
                .optWeightDecay(weightDecay)
                .optWeightsDecayAlone(weightsDecayAlone)
                .optClipNorm(clipNorm)
                .optSeed(seed)
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
