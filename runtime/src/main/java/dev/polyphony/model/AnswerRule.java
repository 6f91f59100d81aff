/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How an answer is made of what members say: how they are pooled, and what was fitted to validation
 * data after training.
 *
 * @param aggregation how the members' answers become one
 * @param temperature what pooled log probabilities are divided by; 1 leaves them
 * @param memberTemperatures what the logits of each member are divided by before they are pooled;
 *     empty leaves them
 * @param abstention when no answer is given; empty to answer always
 */
public record AnswerRule(
        Aggregation aggregation,
        double temperature,
        List<Double> memberTemperatures,
        Optional<AbstentionRule> abstention) {

    /** Requires temperatures above 0. */
    public AnswerRule {
        Objects.requireNonNull(aggregation, "aggregation");
        Objects.requireNonNull(abstention, "abstention");
        memberTemperatures = List.copyOf(memberTemperatures);
        requireTemperature(temperature);
        memberTemperatures.forEach(AnswerRule::requireTemperature);
    }

    private static void requireTemperature(double temperature) {
        // written so that NaN fails
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "A temperature must be a number above 0, but is " + temperature);
        }
    }

    /**
     * Creates a rule that pools and nothing else.
     *
     * @param aggregation how the members' answers become one
     * @return the rule
     */
    public static AnswerRule of(Aggregation aggregation) {
        return new AnswerRule(aggregation, 1, List.of(), Optional.empty());
    }

    /**
     * Returns this rule with pooled log probabilities divided by a temperature.
     *
     * @param temperature the temperature, above 0
     * @return the rule
     */
    public AnswerRule withTemperature(double temperature) {
        return new AnswerRule(aggregation, temperature, memberTemperatures, abstention);
    }

    /**
     * Returns this rule with the logits of each member divided by a temperature of its own.
     *
     * @param temperatures the temperatures, above 0, one for each member
     * @return the rule
     */
    public AnswerRule withMemberTemperatures(List<Double> temperatures) {
        return new AnswerRule(aggregation, temperature, temperatures, abstention);
    }

    /**
     * Returns this rule with a limit to the uncertainty of an answer.
     *
     * @param rule when no answer is given
     * @return the rule
     */
    public AnswerRule withAbstention(AbstentionRule rule) {
        return new AnswerRule(
                aggregation, temperature, memberTemperatures, Optional.ofNullable(rule));
    }

    /**
     * Applies the temperatures.
     *
     * @param predictions predictions as the members give them
     * @return the predictions that answers are made of
     */
    public Predictions apply(Predictions predictions) {
        Predictions own =
                memberTemperatures.isEmpty()
                        ? predictions
                        : predictions.calibratedMembers(
                                memberTemperatures.stream().map(AnswerRule::divideBy).toList());
        return temperature == 1 ? own : own.calibrated(divideBy(temperature));
    }

    private static UnaryOperator<double[]> divideBy(double temperature) {
        return logits -> Arrays.stream(logits).map(logit -> logit / temperature).toArray();
    }
}
