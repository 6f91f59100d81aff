/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Objects;

/**
 * How good a model is on images of one corruption and severity.
 *
 * @param kind what goes wrong
 * @param severity how badly, from 1 to {@value Corruption#SEVERITIES}
 * @param accuracy the share of right answers, from 0 to 1
 * @param negativeLogLikelihood the negative log likelihood in nats
 * @param expectedCalibrationError the expected calibration error, from 0 to 1
 */
public record CorruptionResult(
        Corruption kind,
        int severity,
        double accuracy,
        double negativeLogLikelihood,
        double expectedCalibrationError) {

    /** Checks kind, severity and accuracy. */
    public CorruptionResult {
        Objects.requireNonNull(kind, "kind");
        kind.getLevel(severity);
        // written so that NaN fails
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException(
                    "The accuracy on %s %d is %s: it must lie between 0 and 1"
                            .formatted(kind.getKey(), severity, accuracy));
        }
    }

    /**
     * Returns the share of wrong answers.
     *
     * @return from 0 to 1
     */
    public double error() {
        return 1 - accuracy;
    }
}
