/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a row may have beside its evaluation. Each part has a section of its own on the page, if a
 * row has it.
 *
 * @param corruptions what it makes of corrupted images
 * @param calibrations what calibrations do to it
 * @param conformal how good sets of classes are
 * @param images the images of the test set, if its examples are such: the page shows some
 * @param forecasts predicted beside right numbers, if numbers are predicted
 * @param views how good it is if it sees each image in several ways
 */
public record Extras(
        List<CorruptionResult> corruptions,
        List<CalibrationResult> calibrations,
        List<ConformalResult> conformal,
        Optional<TestImages> images,
        Optional<Forecasts> forecasts,
        Optional<Evaluation> views) {

    /** Nothing. */
    public static final Extras NONE =
            new Extras(
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** Copies the lists. */
    public Extras {
        corruptions = List.copyOf(corruptions);
        calibrations = List.copyOf(calibrations);
        conformal = List.copyOf(conformal);
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(forecasts, "forecasts");
        Objects.requireNonNull(views, "views");
    }
}
