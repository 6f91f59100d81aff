/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.util.List;

/**
 * How training went.
 *
 * @param epochs the epochs in order
 * @param steps the number of updates
 * @param seconds the wall time of the updates, without validation
 */
public record History(List<Epoch> epochs, long steps, double seconds) {

    /** Copies the list. */
    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * What an epoch came to.
     *
     * @param number the epoch, from 1
     * @param trainingLoss the mean of the losses of its steps, each before its update
     * @param validationAccuracy the accuracy on the validation data after it, 0 to 1; NaN if there
     *     are none
     * @param validationLoss the negative log likelihood on the validation data after it, in nats;
     *     NaN if there are none
     * @param seconds the wall time of its updates
     */
    public record Epoch(
            int number,
            double trainingLoss,
            double validationAccuracy,
            double validationLoss,
            double seconds) {}
}
