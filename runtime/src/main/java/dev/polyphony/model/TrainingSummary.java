/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

/**
 * How the model of a folder came about.
 *
 * @param recipe the recipe in words
 * @param settings the settings of training in words
 * @param epochs the epochs trained
 * @param updates the updates of the parameters
 * @param forwardCalls how often a network of the base model's kind ran forward for these; null if
 *     nobody counted
 * @param seconds the wall time of the updates
 */
public record TrainingSummary(
        String recipe,
        String settings,
        int epochs,
        long updates,
        Long forwardCalls,
        double seconds) {

    /**
     * Creates a summary of a training whose forward passes nobody counted.
     *
     * @param recipe the recipe in words
     * @param settings the settings of training in words
     * @param epochs the epochs trained
     * @param updates the updates of the parameters
     * @param seconds the wall time of the updates
     */
    public TrainingSummary(
            String recipe, String settings, int epochs, long updates, double seconds) {
        this(recipe, settings, epochs, updates, null, seconds);
    }
}
