/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScoresTest {

    private static final double EPS = 1e-12;
    private static final double[][] PROBABILITIES = {{0.5, 0.3, 0.2}, {0.1, 0.1, 0.8}};
    private static final int[] LABELS = {1, 2};

    @Test
    void accuracy() {
        assertEquals(2 / 3.0, Scores.accuracy(new int[] {0, 1, 1}, new int[] {0, 1, 2}), EPS);
    }

    @Test
    void topAccuracyCountsRanks() {
        assertEquals(0.5, Scores.topAccuracy(PROBABILITIES, LABELS, 1), EPS);
        assertEquals(1.0, Scores.topAccuracy(PROBABILITIES, LABELS, 2), EPS);
        assertEquals(0, Scores.topAccuracy(new double[][] {{0.5, 0.5}}, new int[] {1}, 1), EPS);
    }

    @Test
    void brierIsSummedOverClasses() {
        // (0.25 + 0.49 + 0.04 + 0.01 + 0.01 + 0.04) / 2
        assertEquals(0.42, Scores.brier(PROBABILITIES, LABELS), EPS);
        assertEquals(2, Scores.brier(new double[][] {{1, 0}}, new int[] {1}), EPS);
    }

    @Test
    void negativeLogLikelihood() {
        double expected = -(Math.log(0.3) + Math.log(0.8)) / 2;
        assertEquals(expected, Scores.negativeLogLikelihood(PROBABILITIES, LABELS), EPS);
    }

    @Test
    void emptyOrUnevenInputIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Scores.accuracy(new int[0], new int[0]));
        assertThrows(IllegalArgumentException.class, () -> Scores.accuracy(new int[1], new int[2]));
        assertThrows(
                IllegalArgumentException.class, () -> Scores.topAccuracy(PROBABILITIES, LABELS, 0));
    }
}
