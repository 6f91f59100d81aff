/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.train.OptimizerSettings;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import picocli.CommandLine.Option;

/** The options of how long it is trained, and by which optimizer. */
final class OptimizerOptions {

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

    int getSeed() {
        return seed;
    }

    void apply(OptimizerSettings<?> trainable) {
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
                .optSeed(seed);
    }
}
