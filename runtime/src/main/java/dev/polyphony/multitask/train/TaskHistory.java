/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import java.util.List;

/**
 * How a training of several tasks went.
 *
 * @param epochs the epochs in order
 * @param updates the number of updates
 * @param seconds the wall time of the steps
 */
public record TaskHistory(List<Epoch> epochs, long updates, double seconds) {

    /** Copies the list. */
    public TaskHistory {
        epochs = List.copyOf(epochs);
    }

    /**
     * What an epoch came to. Arrays have a number for each task, in the order of the outputs; they
     * belong to the epoch.
     *
     * @param number the epoch, from 1
     * @param examples the examples that were shown
     * @param loss the mean of the weighed losses of its steps, each before its update, with what a
     *     balance adds
     * @param losses the mean loss of each task for a member; NaN of a task that had no part
     * @param weights what the losses were multiplied by in the last step, but for the schedule
     * @param conflicts the share of the steps in which the gradients of two tasks pointed against
     *     one another, {@code [T][T]} of the tasks that are trained; NaN where gradients were not
     *     looked at one by one
     * @param validation each task's metric on the validation data after the epoch; empty without
     * @param seconds the wall time of its steps
     */
    public record Epoch(
            int number,
            int examples,
            double loss,
            double[] losses,
            double[] weights,
            double[][] conflicts,
            double[] validation,
            double seconds) {}
}
