/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * How good one member is on its own.
 *
 * @param accuracy share of right answers, from 0 to 1
 * @param negativeLogLikelihood mean over the examples, in nats
 * @param brier Brier score summed over classes, from 0 to 2
 * @param expectedCalibrationError ECE as {@link Metrics#ECE} has it, from 0 to 1
 */
public record MemberFigures(
        double accuracy,
        double negativeLogLikelihood,
        double brier,
        double expectedCalibrationError) {}
