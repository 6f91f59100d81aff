/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.harness.Harness;
import dev.polyphony.samples.images.data.Scale;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import java.util.Arrays;

/**
 * How a recipe's parameters are found.
 *
 * @param epochs passes through the training data
 * @param batchSize the rows of a batch, repeated ones included
 * @param optimizer the optimizer; of gradient descent with momentum 0.9
 * @param learningRate the highest learning rate
 * @param warmUp the epochs in which the rate rises to it, 0 for none
 * @param factor what the rate is multiplied by before each of the steps
 * @param steps the epochs, from 0, before which it is
 * @param weightDecay what of a parameter is added to its gradient: twice the factor of the sum of
 *     squares, where the literature has that in the loss
 * @param weightsDecayAlone whether biases and normalisation are kept from it
 */
public record Optimization(
        int epochs,
        int batchSize,
        OptimizerType optimizer,
        double learningRate,
        double warmUp,
        double factor,
        int[] steps,
        double weightDecay,
        boolean weightsDecayAlone) {

    private static final double WARM_UP_START = 1e-3;
    private static final int REDUCTION = 20;
    private static final int FEWEST = 3;
    private static final int SMOKE_EPOCHS = 2;
    private static final int SMOKE_BATCH = 8;
    private static final double SMOKE_RATE = 0.01;

    /**
     * Returns the epochs at a scale.
     *
     * @param scale the scale
     * @return a twentieth if it is reduced, 2 for a few steps
     */
    public int getEpochs(Scale scale) {
        int reduced = Math.max(FEWEST, Math.round((float) epochs / REDUCTION));
        return scale.choose(epochs, Math.min(epochs, reduced), SMOKE_EPOCHS);
    }

    /**
     * Returns how the learning rate changes, for readers.
     *
     * @return the schedule at full scale
     */
    public String getScheduleText() {
        String changes =
                steps.length == 0
                        ? "constant"
                        : "times %s before the epochs %s".formatted(factor, Arrays.toString(steps));
        return warmUp == 0 ? changes : "%s, after %s epochs of warm-up".formatted(changes, warmUp);
    }

    /**
     * Sets up a harness. At smaller scales the rate changes after the same shares of all epochs.
     *
     * @param harness the harness
     * @param scale how large the run is
     */
    public void apply(Harness harness, Scale scale) {
        int own = getEpochs(scale);
        double share = (double) own / epochs;
        int[] scaled =
                Arrays.stream(steps)
                        .map(step -> (int) Math.round(step * share))
                        .filter(step -> step > 0)
                        .distinct()
                        .toArray();
        Schedule schedule = Schedule.multiStep(factor, scaled);
        boolean isSmoke = scale == Scale.SMOKE;
        harness.optEpochs(own)
                .optBatchSize(isSmoke ? SMOKE_BATCH : batchSize)
                .optOptimizer(optimizer)
                .optLearningRate(isSmoke ? Math.min(SMOKE_RATE, learningRate) : learningRate)
                .optSchedule(
                        warmUp == 0
                                ? schedule
                                : schedule.withWarmUp(Math.min(warmUp, own / 2.0), WARM_UP_START))
                .optWeightDecay(weightDecay)
                .optWeightsDecayAlone(weightsDecayAlone);
    }
}
