/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SelectivePredictionTest {

    private static final double EPS = 1e-12;
    private static final SelectivePrediction FOUR =
            SelectivePrediction.of(
                    new double[] {0.7, 0.9, 0.6, 0.8}, new boolean[] {true, true, false, false});

    @Test
    void curveFollowsConfidence() {
        // right, wrong, right, wrong
        assertArrayEquals(new double[] {0, 1 / 2.0, 1 / 3.0, 2 / 4.0}, FOUR.getRisk(), EPS);
        assertEquals((1 / 4.0 + 5 / 12.0 + 5 / 12.0) / 3, FOUR.getAurc(), EPS);
        assertEquals((1 / 8.0 + 1 / 4.0 + 3 / 8.0) / 3, FOUR.getAugrc(), EPS);
    }

    @Test
    void riskAndCoverage() {
        assertEquals(1 / 3.0, FOUR.getRiskAt(0.6), EPS);
        assertEquals(0.5, FOUR.getRiskAt(1), EPS);
        assertEquals(0.75, FOUR.getCoverageAt(0.4), EPS);
        assertEquals(0.25, FOUR.getCoverageAt(0.1), EPS);
        assertEquals(
                0,
                SelectivePrediction.of(new double[] {1}, new boolean[] {false}).getCoverageAt(0.5));
        assertThrows(IllegalArgumentException.class, () -> FOUR.getRiskAt(0));
    }

    @Test
    void oneEarlyErrorIsAffordableInTheEnd() {
        double[] confidence = new double[40];
        boolean[] correct = new boolean[40];
        for (int i = 0; i < 40; i++) {
            confidence[i] = 1 - i / 100.0;
            correct[i] = i > 0;
        }
        assertEquals(1, SelectivePrediction.of(confidence, correct).getCoverageAt(0.05), EPS);
    }

    @Test
    void tiesShareTheirErrors() {
        double[] confidence = {0.5, 0.9, 0.5};
        SelectivePrediction first =
                SelectivePrediction.of(confidence, new boolean[] {false, true, true});
        SelectivePrediction last =
                SelectivePrediction.of(confidence, new boolean[] {true, true, false});
        assertArrayEquals(new double[] {0, 0.25, 1 / 3.0}, first.getRisk(), EPS);
        assertArrayEquals(first.getRisk(), last.getRisk(), 0);
    }

    @Test
    void oneExample() {
        assertEquals(
                1, SelectivePrediction.of(new double[] {1}, new boolean[] {false}).getAurc(), EPS);
    }
}
