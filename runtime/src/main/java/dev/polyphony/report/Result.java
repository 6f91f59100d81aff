/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of a comparison: one way to make an ensemble, and what came of it.
 *
 * @param name the name for readers, such as {@code MIMO}; distinct within a report
 * @param settings the settings in words, such as {@code m = 3, batchRepetitions = 4}; may be empty
 * @param evaluation how good it is; with several seeds, that of the first
 * @param cost what it cost
 * @param role what it is in the comparison
 * @param extras what else there is of it
 */
public record Result(
        String name,
        String settings,
        TaskEvaluation evaluation,
        Cost cost,
        Role role,
        Extras extras) {

    /** Checks that everything is given. */
    public Result {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a result needs a name");
        }
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(extras, "extras");
    }

    /**
     * Makes a row of what every row has.
     *
     * @param name the name for readers
     * @param settings the settings in words; may be empty
     * @param evaluation how good it is
     * @param cost what it cost
     */
    public Result(String name, String settings, TaskEvaluation evaluation, Cost cost) {
        this(name, settings, evaluation, cost, Role.FORM, Extras.NONE);
    }

    /**
     * Returns the same row at another price.
     *
     * @param other the cost
     * @return the row
     */
    public Result withCost(Cost other) {
        return new Result(name, settings, evaluation, other, role, extras);
    }

    /**
     * Returns the same row in another role.
     *
     * @param other the role
     * @return the row
     */
    public Result withRole(Role other) {
        return new Result(name, settings, evaluation, cost, other, extras);
    }

    /**
     * Returns the same row with what it makes of corrupted images.
     *
     * @param results the results, each kind at the same severities
     * @return the row
     */
    public Result withCorruptions(List<CorruptionResult> results) {
        return with(
                new Extras(
                        results,
                        extras.calibrations(),
                        extras.conformal(),
                        extras.images(),
                        extras.forecasts(),
                        extras.views()));
    }

    /**
     * Returns the same row with what calibrations do to it.
     *
     * @param results the results
     * @return the row
     */
    public Result withCalibrations(List<CalibrationResult> results) {
        return with(
                new Extras(
                        extras.corruptions(),
                        results,
                        extras.conformal(),
                        extras.images(),
                        extras.forecasts(),
                        extras.views()));
    }

    /**
     * Returns the same row with how good sets of classes are.
     *
     * @param results the results
     * @return the row
     */
    public Result withConformal(List<ConformalResult> results) {
        return with(
                new Extras(
                        extras.corruptions(),
                        extras.calibrations(),
                        results,
                        extras.images(),
                        extras.forecasts(),
                        extras.views()));
    }

    /**
     * Returns the same row with the images that it was tested on.
     *
     * @param shown the images; empty if the examples are none
     * @return the row
     */
    public Result withImages(Optional<TestImages> shown) {
        return with(
                new Extras(
                        extras.corruptions(),
                        extras.calibrations(),
                        extras.conformal(),
                        shown,
                        extras.forecasts(),
                        extras.views()));
    }

    /**
     * Returns the same row with predicted beside right numbers.
     *
     * @param some the numbers of some test examples
     * @return the row
     */
    public Result withForecasts(Forecasts some) {
        return with(
                new Extras(
                        extras.corruptions(),
                        extras.calibrations(),
                        extras.conformal(),
                        extras.images(),
                        Optional.of(some),
                        extras.views()));
    }

    /**
     * Returns the same row with how good it is on several views of each image.
     *
     * @param evaluation the evaluation; empty if it was not asked so
     * @return the row
     */
    public Result withViews(Optional<Evaluation> evaluation) {
        return with(
                new Extras(
                        extras.corruptions(),
                        extras.calibrations(),
                        extras.conformal(),
                        extras.images(),
                        extras.forecasts(),
                        evaluation));
    }

    private Result with(Extras other) {
        return new Result(name, settings, evaluation, cost, role, other);
    }

    /** Returns what is predicted. */
    Task task() {
        return Task.of(evaluation);
    }

    /**
     * Returns the evaluation of a row that predicts classes.
     *
     * @return the evaluation
     * @throws IllegalStateException if it predicts something else
     */
    public Evaluation classification() {
        if (evaluation instanceof Evaluation classes) {
            return classes;
        }
        throw new IllegalStateException("the row '%s' does not predict classes".formatted(name));
    }

    /** Returns how well a score tells a foreign set apart, or null if that set was not tried. */
    Detection detection(String set, UncertaintyScore score) {
        Map<UncertaintyScore, Detection> scores = classification().getDetections().get(set);
        return scores == null ? null : scores.get(score);
    }

    /** Returns how well the task's main score tells a foreign set apart, or null as above. */
    Detection detection(String set) {
        return evaluation.getMainDetections().get(set);
    }
}
