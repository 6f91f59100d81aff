/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.corrupt.CorruptionSummary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a model beyond the test set.
 *
 * @param calibration what calibration did on the test set; empty if it was not asked for
 * @param conformal how good sets of classes are, of calibrated probabilities if there are some; one
 *     for each method that was asked for
 * @param corruptions what the model makes of corrupted images; empty if that was not asked for
 * @param augmented how good it is on several views of each test example; empty if that was not
 *     asked for
 */
public record SuiteResult(
        Optional<CalibrationResult> calibration,
        List<ConformalResult> conformal,
        Optional<CorruptionSummary> corruptions,
        Optional<Evaluation> augmented) {

    /** Keeps what is given. */
    public SuiteResult {
        Objects.requireNonNull(calibration, "calibration");
        conformal = List.copyOf(conformal);
        Objects.requireNonNull(corruptions, "corruptions");
        Objects.requireNonNull(augmented, "augmented");
    }
}
