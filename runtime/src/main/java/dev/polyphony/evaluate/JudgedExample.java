/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * What an ensemble said of one example of the test set.
 *
 * @param index the place of the example in the test set, from 0
 * @param label the right class
 * @param predicted the most probable class
 * @param confidence its probability, from {@code 1/C} to 1
 * @param entropy entropy of the pooled probabilities, in nats
 * @param mutualInformation how much the members contradict each other, in nats
 */
public record JudgedExample(
        int index,
        int label,
        int predicted,
        double confidence,
        double entropy,
        double mutualInformation) {

    /**
     * Tells whether the predicted class is right.
     *
     * @return whether it is the label
     */
    public boolean isCorrect() {
        return predicted == label;
    }

    /** Returns the same of an example that others come before. */
    JudgedExample shifted(int by) {
        return new JudgedExample(
                index + by, label, predicted, confidence, entropy, mutualInformation);
    }
}
