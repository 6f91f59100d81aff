/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.corrupt.CorruptionSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What comes of nothing. */
    public static final SuiteResult NONE =
            new SuiteResult(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    /** Keeps what is given. */
    public SuiteResult {
        Objects.requireNonNull(calibration, "calibration");
        conformal = List.copyOf(conformal);
        Objects.requireNonNull(corruptions, "corruptions");
        Objects.requireNonNull(augmented, "augmented");
    }

    /**
     * Returns everything as numbers, to compare models and seeds by: test scores after calibration,
     * coverage and mean size of sets, means over corruptions, scores on several views.
     *
     * @return the figures; none for what was not asked for
     */
    public Map<Metric, Double> getValues() {
        Map<Metric, Double> values = new LinkedHashMap<>();
        calibration.ifPresent(
                result -> {
                    CalibrationResult.Figures after = result.after();
                    values.put(SuiteMetrics.calibrated(Metrics.ACCURACY), after.accuracy());
                    values.put(SuiteMetrics.calibrated(Metrics.NLL), after.negativeLogLikelihood());
                    values.put(SuiteMetrics.calibrated(Metrics.BRIER), after.brier());
                    values.put(
                            SuiteMetrics.calibrated(Metrics.ECE), after.expectedCalibrationError());
                });
        for (ConformalResult sets : conformal) {
            values.put(SuiteMetrics.setCoverage(sets.method()), sets.coverage());
            values.put(SuiteMetrics.setSize(sets.method()), sets.meanSize());
            values.put(SuiteMetrics.singletonSets(sets.method()), sets.singletons());
        }
        corruptions.ifPresent(
                all -> {
                    values.put(SuiteMetrics.corrupted(Metrics.ACCURACY), all.getAccuracy());
                    values.put(SuiteMetrics.corrupted(Metrics.NLL), all.getNegativeLogLikelihood());
                    values.put(
                            SuiteMetrics.corrupted(Metrics.ECE), all.getExpectedCalibrationError());
                });
        augmented.ifPresent(
                evaluation -> {
                    for (Metric metric :
                            List.of(Metrics.ACCURACY, Metrics.NLL, Metrics.BRIER, Metrics.ECE)) {
                        values.put(SuiteMetrics.severalViews(metric), evaluation.getValue(metric));
                    }
                });
        return Collections.unmodifiableMap(values);
    }
}
