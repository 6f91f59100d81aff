/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import dev.polyphony.evaluate.BinRule;
import dev.polyphony.evaluate.Calibration;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import java.util.Objects;

/**
 * What a calibration did on a test set.
 *
 * @param calibration the calibration
 * @param before scores without it
 * @param after scores with it
 */
public record CalibrationResult(EnsembleCalibration calibration, Figures before, Figures after) {

    /**
     * Scores that calibration may change.
     *
     * @param accuracy the share of right answers; temperature scaling keeps it
     * @param negativeLogLikelihood in nats
     * @param brier the Brier score, from 0 to 2
     * @param expectedCalibrationError from 0 to 1, of {@value Calibration#BINS} bins
     */
    public record Figures(
            double accuracy,
            double negativeLogLikelihood,
            double brier,
            double expectedCalibrationError) {

        /**
         * Scores predictions.
         *
         * @param test labelled predictions
         * @return the scores
         * @throws IllegalStateException if there are no labels
         */
        public static Figures of(Predictions test) {
            return new Figures(
                    Scores.accuracy(test.getPredicted(), test.getLabels()),
                    Scores.negativeLogLikelihood(test),
                    Scores.brier(test.getProbabilities(), test.getLabels()),
                    Calibration.expectedError(
                            Calibration.bins(test, Calibration.BINS, BinRule.LAST_CLOSED),
                            test.size()));
        }
    }

    /** Checks that everything is given. */
    public CalibrationResult {
        Objects.requireNonNull(calibration, "calibration");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /**
     * Judges a calibration.
     *
     * @param calibration the calibration, fitted on other examples than these
     * @param test labelled predictions, as the ensemble gave them
     * @return the result
     * @throws IllegalStateException if there are no labels
     * @throws IllegalArgumentException if the calibration is for another ensemble
     */
    public static CalibrationResult of(EnsembleCalibration calibration, Predictions test) {
        return new CalibrationResult(
                calibration, Figures.of(test), Figures.of(calibration.apply(test)));
    }
}
