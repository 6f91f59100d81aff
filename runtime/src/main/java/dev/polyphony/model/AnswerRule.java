/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an answer is made of what members say: how they are pooled, and what was fitted to validation
 * data after training.
 *
 * @param aggregation how the members' answers become one
 * @param calibration what scales the members' logits and the pooled ones, fitted to validation
 *     data; empty leaves them
 * @param abstention when no answer is given; empty to answer always
 */
public record AnswerRule(
        Aggregation aggregation,
        Optional<EnsembleCalibration> calibration,
        Optional<AbstentionRule> abstention) {

    /** Requires that nothing is null. */
    public AnswerRule {
        Objects.requireNonNull(aggregation, "aggregation");
        Objects.requireNonNull(calibration, "calibration");
        Objects.requireNonNull(abstention, "abstention");
    }

    /**
     * Creates a rule that pools and nothing else.
     *
     * @param aggregation how the members' answers become one
     * @return the rule
     */
    public static AnswerRule of(Aggregation aggregation) {
        return new AnswerRule(aggregation, Optional.empty(), Optional.empty());
    }

    /**
     * Returns this rule with a calibration. Fit a rule of abstention after it, to predictions that
     * it was applied to.
     *
     * @param calibration what scales the logits; null leaves them
     * @return the rule
     */
    public AnswerRule withCalibration(EnsembleCalibration calibration) {
        return new AnswerRule(aggregation, Optional.ofNullable(calibration), abstention);
    }

    /**
     * Returns this rule with a limit to the uncertainty of an answer.
     *
     * @param rule when no answer is given
     * @return the rule
     */
    public AnswerRule withAbstention(AbstentionRule rule) {
        return new AnswerRule(aggregation, calibration, Optional.ofNullable(rule));
    }

    /**
     * Applies the calibration.
     *
     * @param predictions predictions as the members give them
     * @return the predictions that answers are made of
     */
    public Predictions apply(Predictions predictions) {
        return calibration.map(one -> one.apply(predictions)).orElse(predictions);
    }
}
