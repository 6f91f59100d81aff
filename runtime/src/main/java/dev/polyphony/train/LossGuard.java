/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.TrainingDivergedException;
import java.util.Locale;

/** Looks at losses and parameters for what no training recovers from. */
final class LossGuard {

    private static final String ADVICE =
            "Lower the learning rate (now %s), bound the gradient with optClipNorm, start with a warm-up, or scale the features to about -1 to 1";

    private final double factor;
    private final String advice;

    LossGuard(Training training) {
        factor = training.loop().divergence;
        advice = ADVICE.formatted(training.getLearningRateText());
    }

    /**
     * Requires sound losses.
     *
     * @param sum the sum of the epoch's losses
     * @param recent the mean of the last few
     * @param first the loss before the first update
     * @param epoch the epoch, from 1
     * @param step the steps made in it
     * @throws TrainingDivergedException if they are not; says what to do
     */
    void require(double sum, double recent, double first, int epoch, int step) {
        if (!Double.isFinite(sum)) {
            throw new TrainingDivergedException(
                    "Training diverged: the loss is %s in epoch %d, by step %d. %s"
                            .formatted(sum, epoch, step, advice));
        }
        if (factor > 0 && recent > factor * Math.max(1, first)) {
            throw new TrainingDivergedException(
                    String.format(
                            Locale.ROOT,
                            "Training diverged: the loss has grown from %.4g to %.4g in epoch %d, by step %d. %s; optDivergence(0) goes on nevertheless",
                            first,
                            recent,
                            epoch,
                            step,
                            advice));
        }
    }

    /** Requires that the last update of an epoch has left numbers. */
    void requireFinite(boolean isFinite, int epoch) {
        if (!isFinite) {
            throw new TrainingDivergedException(
                    "Training diverged: parameters are NaN or infinite after epoch %d. %s"
                            .formatted(epoch, advice));
        }
    }
}
