/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.compare.Bootstrap.Method;
import org.junit.jupiter.api.Test;

/** Numbers of scipy 1.17 and numpy; its bootstrap with 2 million resamples. */
class SpreadTest {

    private static final double EPS = 1e-12;

    private static final double[] SKEWED = {0.31, 0.05, 2.2, 0.9, 0.12, 4.1, 0.02, 0.6, 1.3, 0.44};

    private static void assertInterval(double low, double high, Interval interval, double eps) {
        assertEquals(low, interval.low(), eps);
        assertEquals(high, interval.high(), eps);
    }

    @Test
    void meanDeviationAndStudentsInterval() {
        double[] values = {0.912, 0.905, 0.921, 0.899, 0.917, 0.908};
        Spread spread = Spread.of(values, Bootstrap.seeded(1));
        assertEquals(0.9103333333333334, spread.mean(), EPS);
        assertEquals(0.008041558721209886, spread.deviation(), EPS);
        assertInterval(0.9018942350109794, 0.9187724316556874, spread.student(), 1e-9);
        Spread three =
                Spread.of(new double[] {0.912, 0.905, 0.921}, Bootstrap.seeded(1).optLevel(0.9));
        assertInterval(0.8991447546249784, 0.9261885787083552, three.student(), 1e-9);
    }

    @Test
    void bootstrapIntervals() {
        Bootstrap bootstrap = Bootstrap.seeded(7).optResamples(200_000);
        assertInterval(0.364, 1.839, bootstrap.getInterval(SKEWED), 0.012);
        Interval moved = bootstrap.optMethod(Method.BCA).getInterval(SKEWED);
        assertInterval(0.460, 2.134, moved, 0.012);
        assertEquals(0.08343251650859002, Bootstrap.acceleration(SKEWED, 1.004), 1e-9);
        assertEquals(0.06108873311586413, Bootstrap.moved(0.1, 0.07, 0.025), EPS);
        assertEquals(0.9939129166330654, Bootstrap.moved(0.1, 0.07, 0.975), EPS);
    }

    @Test
    void quantilesLieBetweenValues() {
        double[] sorted = {1, 2, 4, 8, 16};
        assertEquals(1.1, Bootstrap.quantile(sorted, 0.025), EPS);
        assertEquals(2.4, Bootstrap.quantile(sorted, 0.3), EPS);
        assertEquals(15.2, Bootstrap.quantile(sorted, 0.975), EPS);
    }

    @Test
    void theSeedDecides() {
        Interval first = Bootstrap.seeded(1).optResamples(100).getInterval(SKEWED);
        assertEquals(first, Bootstrap.seeded(1).optResamples(100).getInterval(SKEWED));
        assertNotEquals(first, Bootstrap.seeded(2).optResamples(100).getInterval(SKEWED));
    }

    @Test
    void oneValueHasNoSpread() {
        Spread one = Spread.of(new double[] {0.5}, Bootstrap.seeded(1));
        assertEquals(0.5, one.mean());
        assertTrue(Double.isNaN(one.deviation()));
        assertFalse(one.bootstrap().isKnown());
        assertFalse(one.student().isKnown());
    }

    @Test
    void equalValuesHaveAPointAsInterval() {
        for (Method method : Method.values()) {
            Interval interval =
                    Bootstrap.seeded(1)
                            .optResamples(100)
                            .optMethod(method)
                            .getInterval(0.25, 0.25, 0.25);
            assertEquals(new Interval(0.25, 0.25, 0.95), interval);
        }
    }

    @Test
    void refusesWhatHasNoMean() {
        Bootstrap bootstrap = Bootstrap.seeded(1);
        assertThrows(IllegalArgumentException.class, () -> Spread.of(new double[0], bootstrap));
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Spread.of(new double[] {1, Double.NaN}, bootstrap))
                        .getMessage();
        assertEquals("value 1 is NaN: leave out what has no value", message);
        assertThrows(IllegalArgumentException.class, () -> bootstrap.optLevel(1));
        assertThrows(IllegalArgumentException.class, () -> bootstrap.optResamples(99));
    }
}
