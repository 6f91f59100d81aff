/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PredictionsTest {

    private static final double EPS = 1e-7;
    private static final float LOG2 = (float) Math.log(2);
    private static final float LOG3 = (float) Math.log(3);

    /** Two members on one example: 3/4, 1/4 and 1/3, 2/3. */
    private static final float[] TWO_MEMBERS = {LOG3, 0, 0, LOG2};

    @Test
    void probabilitiesArePooled() {
        Predictions p = Predictions.of(TWO_MEMBERS, new int[] {0}, 2, 2, Aggregation.PROBABILITIES);
        assertArrayEquals(new double[] {0.75, 0.25}, p.getMemberProbabilities()[0][0], EPS);
        assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0}, p.getMemberProbabilities()[0][1], EPS);
        assertArrayEquals(new double[] {13 / 24.0, 11 / 24.0}, p.getProbabilities()[0], EPS);
        assertArrayEquals(new int[] {0}, p.getPredicted());
        assertArrayEquals(new boolean[] {true}, p.getCorrect());
        assertEquals(13 / 24.0, p.getConfidence()[0], EPS);
        assertEquals(Math.log(13 / 24.0), p.getLogProbability(0, 0), EPS);
    }

    @Test
    void logitsArePooled() {
        Predictions p = Predictions.of(TWO_MEMBERS, 2, 2, Aggregation.LOGITS);
        double odds = Math.sqrt(3 / 2.0);
        assertEquals(odds / (1 + odds), p.getProbabilities()[0][0], EPS);
        assertEquals(Math.log(1 / (1 + odds)), p.getLogProbability(0, 1), EPS);
        assertFalse(p.hasLabels());
    }

    @Test
    void layoutIsExampleMemberClass() {
        float[] logits = new float[2 * 3 * 2];
        logits[(1 * 3 + 2) * 2 + 1] = LOG3; // example 1, member 2, class 1
        Predictions p = Predictions.of(logits, 3, 2, Aggregation.PROBABILITIES);
        assertEquals(2, p.size());
        assertEquals(0.75, p.getMemberProbabilities()[1][2][1], EPS);
        assertEquals(0.5, p.getMemberProbabilities()[1][1][1], EPS);
        assertEquals(0.75, p.getMember(2).getProbabilities()[1][1], EPS);
    }

    @Test
    void sureMembersKeepTheirLogLikelihood() {
        float[] logits = {2000, 0, 2000, 0};
        Predictions p = Predictions.of(logits, new int[] {1}, 2, 2, Aggregation.PROBABILITIES);
        assertEquals(2000, Scores.negativeLogLikelihood(p), 1e-9);
        assertEquals(1, p.getConfidence()[0]);
    }

    @Test
    void copiesAreHandedOut() {
        Predictions p = Predictions.of(TWO_MEMBERS, new int[] {0}, 2, 2, Aggregation.PROBABILITIES);
        p.getProbabilities()[0][0] = 9;
        p.getMemberProbabilities()[0][0][0] = 9;
        p.getLabels()[0] = 9;
        assertEquals(13 / 24.0, p.getProbabilities()[0][0], EPS);
        assertEquals(0.75, p.getMemberProbabilities()[0][0][0], EPS);
        assertEquals(0, p.getLabels()[0]);
    }

    @Test
    void badInputIsNamed() {
        float[] nan = {0, 0, 0, 0, 0, Float.NaN, 0, 0};
        assertMessage("example 1, member 0, class 1 is NaN", () -> of(nan, 2, 2));
        float[] infinite = {0, 0, 0, Float.POSITIVE_INFINITY};
        assertMessage("example 0, member 1, class 1 is Infinity", () -> of(infinite, 2, 2));
        assertMessage("5 logits cannot be [N, 2 members, 2 classes]", () -> of(new float[5], 2, 2));
        assertMessage("0 logits", () -> of(new float[0], 2, 2));
        assertMessage("at least 1 member and 2 classes", () -> of(new float[4], 4, 1));
        assertMessage("2 labels for 1 examples", () -> labelled(0, 1));
        assertMessage("label 2 of example 0 is not one of the 2 classes", () -> labelled(2));
        assertMessage("label -1", () -> labelled(-1));
        Predictions unlabelled = of(TWO_MEMBERS, 2, 2);
        Exception e = assertThrows(IllegalStateException.class, unlabelled::getLabels);
        assertTrue(e.getMessage().contains("no labels"), e.getMessage());
    }

    private static Predictions of(float[] logits, int members, int classes) {
        return Predictions.of(logits, members, classes, Aggregation.PROBABILITIES);
    }

    private static void labelled(int... labels) {
        Predictions.of(TWO_MEMBERS, labels, 2, 2, Aggregation.PROBABILITIES);
    }

    private static void assertMessage(String part, Runnable action) {
        Exception e = assertThrows(IllegalArgumentException.class, action::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
