/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AbstentionRuleTest {

    /** Ten answers, ever less confident; the 5th, 9th and 10th are wrong. */
    private static final Predictions TEN = predictions(10, 4, 8, 9);

    private static Predictions predictions(int size, int... wrong) {
        float[] logits = new float[2 * size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            logits[2 * i] = size - i;
        }
        for (int i : wrong) {
            labels[i] = 1;
        }
        return Predictions.of(logits, labels, 1, 2, Aggregation.PROBABILITIES);
    }

    private static long answered(AbstentionRule rule) {
        return IntStream.range(0, TEN.size())
                .filter(
                        i ->
                                !rule.abstains(
                                        TEN.getProbabilities()[i], TEN.getMemberProbabilities()[i]))
                .count();
    }

    @Test
    void answersTheWantedShare() {
        for (int count = 1; count <= 10; count++) {
            AbstentionRule rule =
                    AbstentionRule.ofCoverage(TEN, UncertaintyScore.MAX_PROBABILITY, count / 10.0);
            assertEquals(count, answered(rule));
        }
    }

    /** Errors among the k most certain: 0 0 0 0 1 1 1 1 2 3. */
    @Test
    void answersAsManyAsTheRiskAllows() {
        assertEquals(4, answered(ofRisk(0)));
        assertEquals(8, answered(ofRisk(1.0 / 8)));
        assertEquals(9, answered(ofRisk(0.25)));
        assertEquals(10, answered(ofRisk(0.3)));
        assertEquals(10, answered(ofRisk(1)));
    }

    private static AbstentionRule ofRisk(double risk) {
        return AbstentionRule.ofRisk(TEN, UncertaintyScore.PREDICTIVE_ENTROPY, risk);
    }

    /** Two equal answers, one of them wrong: either both are given or none. */
    @Test
    void equallyUncertainAnswersStayTogether() {
        Predictions equal =
                Predictions.of(
                        new float[] {5, 0, 1, 0, 1, 0},
                        new int[] {0, 0, 1},
                        1,
                        2,
                        Aggregation.PROBABILITIES);
        AbstentionRule strict = AbstentionRule.ofRisk(equal, UncertaintyScore.MAX_PROBABILITY, 0.1);
        assertTrue(strict.abstains(equal.getProbabilities()[1], equal.getMemberProbabilities()[1]));
        AbstentionRule two =
                AbstentionRule.ofCoverage(equal, UncertaintyScore.MAX_PROBABILITY, 2 / 3.0);
        assertFalse(two.abstains(equal.getProbabilities()[2], equal.getMemberProbabilities()[2]));
    }

    @Test
    void saysWhatCannotBeReached() {
        Predictions wrong = predictions(1, 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> AbstentionRule.ofRisk(wrong, UncertaintyScore.MAX_PROBABILITY, 0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> AbstentionRule.ofCoverage(TEN, UncertaintyScore.MAX_PROBABILITY, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AbstentionRule(UncertaintyScore.MAX_PROBABILITY, Double.NaN));
    }
}
