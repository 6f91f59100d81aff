/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.UncertaintyScore;
import java.util.Map;
import java.util.Objects;

/**
 * A row of a comparison: one way to make an ensemble, and what came of it.
 *
 * @param name the name for readers, such as {@code MIMO}; distinct within a report
 * @param settings the settings in words, such as {@code m = 3, batchRepetitions = 4}; may be empty
 * @param evaluation how good it is
 * @param cost what it cost
 */
public record Result(String name, String settings, Evaluation evaluation, Cost cost) {

    /** Checks that everything is given. */
    public Result {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a result needs a name");
        }
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(evaluation, "evaluation");
        Objects.requireNonNull(cost, "cost");
    }

    /** Returns how well a score tells a foreign set apart, or null if that set was not tried. */
    Detection detection(String set, UncertaintyScore score) {
        Map<UncertaintyScore, Detection> scores = evaluation.getDetections().get(set);
        return scores == null ? null : scores.get(score);
    }
}
