/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final double EPS = 1e-12;

    /** Two sure answers, one of them wrong, and two at 0.95. */
    private static final double[] CONFIDENCE = {1, 1, 0.95, 0.95};

    private static final boolean[] CORRECT = {true, false, true, true};

    private static double error(BinRule rule) {
        return Calibration.expectedError(
                Calibration.bins(CONFIDENCE, CORRECT, 10, rule), CORRECT.length);
    }

    @Test
    void fullConfidenceIsInTheLastBin() {
        // all four in [0.9, 1]: |0.75 - 0.975|
        assertEquals(0.225, error(BinRule.LAST_CLOSED), EPS);
        assertEquals(0.225, error(BinRule.RIGHT_CLOSED), EPS);
    }

    @Test
    void otherRulesPutItElsewhere() {
        // [0.9, 1): |1 - 0.95| for two of four; the rest is left out, or |0.5 - 1| for two of four
        assertEquals(0.025, error(BinRule.HALF_OPEN), EPS);
        assertEquals(0.275, error(BinRule.OWN_BIN_FOR_ONE), EPS);
    }

    @Test
    void edgesBelongToOneBin() {
        double[] edge = {0.5};
        boolean[] right = {true};
        assertEquals(1, Calibration.bins(edge, right, 2, BinRule.LAST_CLOSED).get(1).count());
        assertEquals(1, Calibration.bins(edge, right, 2, BinRule.RIGHT_CLOSED).get(0).count());
    }

    @Test
    void binsDescribeTheirExamples() {
        List<ReliabilityBin> bins =
                Calibration.bins(
                        new double[] {0.6, 0.7, 0.2},
                        new boolean[] {true, false, false},
                        2,
                        BinRule.LAST_CLOSED);
        assertEquals(new ReliabilityBin(0, 0.5, 1, 0.2, 0), bins.get(0));
        assertEquals(0.5, bins.get(1).from(), EPS);
        assertEquals(1, bins.get(1).to(), EPS);
        assertEquals(2, bins.get(1).count());
        assertEquals(0.65, bins.get(1).confidence(), EPS);
        assertEquals(0.5, bins.get(1).accuracy(), EPS);
        assertEquals((0.2 + 2 * 0.15) / 3, Calibration.expectedError(bins, 3), EPS);
        assertEquals(0.2, Calibration.maximumError(bins), EPS);
        assertEquals(
                Math.sqrt((0.04 + 2 * 0.0225) / 3), Calibration.rootMeanSquareError(bins, 3), EPS);
    }

    @Test
    void fewerExamplesThanBinsIsFine() {
        double[] one = {0.7};
        boolean[] right = {true};
        List<ReliabilityBin> width = Calibration.bins(one, right, 15, BinRule.LAST_CLOSED);
        assertEquals(0.3, Calibration.expectedError(width, 1), EPS);
        assertTrue(Double.isNaN(width.get(0).accuracy()));
        assertEquals(0, width.get(0).getGap());
        List<ReliabilityBin> mass = Calibration.equalMassBins(one, right, 15);
        assertEquals(0.3, Calibration.expectedError(mass, 1), EPS);
    }

    @Test
    void equalMassBinsDifferByAtMostOne() {
        double[] confidence = {0.9, 0.5, 0.8, 0.6, 0.7};
        boolean[] correct = {true, false, true, true, false};
        List<ReliabilityBin> bins = Calibration.equalMassBins(confidence, correct, 2);
        assertEquals(3, bins.get(0).count());
        assertEquals(0.6, bins.get(0).confidence(), EPS);
        assertEquals(1 / 3.0, bins.get(0).accuracy(), EPS);
        assertEquals(0.8, bins.get(1).from(), EPS);
        assertEquals(0.9, bins.get(1).to(), EPS);
    }

    @Test
    void confidenceOutsideItsRangeIsRefused() {
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            Exception e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    Calibration.bins(
                                            new double[] {bad},
                                            new boolean[] {true},
                                            15,
                                            BinRule.LAST_CLOSED));
            assertTrue(e.getMessage().contains("example 0"), e.getMessage());
        }
    }
}
