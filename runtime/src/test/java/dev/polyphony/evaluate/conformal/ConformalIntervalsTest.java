/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.regression.RegressionPredictions;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;

class ConformalIntervalsTest {

    /** Two members, a spread of 1, 2, 0 and 1 about 0; errors of 1, 4, 0 and 3. */
    private static final RegressionPredictions SMALL =
            RegressionPredictions.of(
                    new float[] {-1, 1, -2, 2, 0, 0, 1, -1}, new float[] {1, -4, 0, 3}, 2, 1);

    @Test
    void intervalsByHand() {
        ConformalIntervals same = ConformalIntervals.fit(0.6, SMALL);
        assertArrayEquals(new double[] {3}, same.getQuantiles());
        assertArrayEquals(new double[] {-3, 3}, same.predict(SMALL)[1][0]);
        // scores of 1, 2, 0 and 3: the third is 2
        ConformalIntervals own = ConformalIntervals.fitNormalized(0.6, SMALL);
        assertArrayEquals(new double[] {2}, own.getQuantiles());
        double[][][] intervals = own.predict(SMALL);
        assertArrayEquals(new double[] {-2, 2}, intervals[0][0]);
        assertArrayEquals(new double[] {-4, 4}, intervals[1][0]);
        assertArrayEquals(new double[] {0, 0}, intervals[2][0]);
        IntervalResult result = own.evaluate(SMALL)[0];
        assertEquals(new IntervalResult("normalized", 0.6, 2, 4, 0.75, 4), result);
        assertEquals("absolute", same.evaluate(SMALL)[0].method());
    }

    /** Errors are uniform times the spread: the coverage is the quantile, and beta distributed. */
    @Test
    void coverageIsBetaDistributed() {
        Random random = new Random(6);
        int trials = 2000;
        double[] sorted = new double[trials];
        for (int t = 0; t < trials; t++) {
            float[] outputs = new float[2 * 20];
            float[] targets = new float[20];
            for (int i = 0; i < 20; i++) {
                float spread = 1 + random.nextFloat();
                outputs[2 * i] = spread;
                outputs[2 * i + 1] = -spread;
                targets[i] = (2 * random.nextFloat() - 1) * spread;
            }
            RegressionPredictions p = RegressionPredictions.of(outputs, targets, 2, 1);
            sorted[t] = ConformalIntervals.fitNormalized(0.9, p).getQuantiles()[0];
        }
        Arrays.sort(sorted);
        for (int t = 0; t < trials; t++) {
            double beta = RegularizedBeta.value(sorted[t], 19, 2);
            assertEquals((t + 0.5) / trials, beta, 1.95 / Math.sqrt(trials));
        }
    }

    /** Each target has its own quantile. */
    @Test
    void targetsAreFittedOneByOne() {
        RegressionPredictions two =
                RegressionPredictions.of(new float[4], new float[] {1, 10, 2, 20}, 1, 2);
        ConformalIntervals fitted = ConformalIntervals.fit(0.6, two);
        assertArrayEquals(new double[] {2, 20}, fitted.getQuantiles());
        assertEquals(1, fitted.evaluate(two)[1].coverage());
        assertThrows(IllegalArgumentException.class, () -> fitted.predict(SMALL));
    }

    @Test
    void tooFewExamplesGiveAllNumbers() {
        ConformalIntervals few = ConformalIntervals.fitNormalized(0.9, SMALL);
        for (double[][] interval : few.predict(SMALL)) {
            assertEquals(Double.NEGATIVE_INFINITY, interval[0][0]);
            assertEquals(Double.POSITIVE_INFINITY, interval[0][1]);
        }
        assertEquals(1, few.evaluate(SMALL)[0].coverage());
        assertEquals(Double.POSITIVE_INFINITY, few.evaluate(SMALL)[0].meanWidth());
    }

    @Test
    void badInputIsNamed() {
        RegressionPredictions one = RegressionPredictions.of(new float[2], new float[2], 1, 1);
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ConformalIntervals.fitNormalized(0.9, one));
        assertTrue(e.getMessage().contains("One member has no spread"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ConformalIntervals.fit(1, one));
        RegressionPredictions none = RegressionPredictions.of(new float[2], null, 1, 1);
        assertThrows(IllegalStateException.class, () -> ConformalIntervals.fit(0.9, none));
    }
}
