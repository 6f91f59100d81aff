/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The smooth calibration error against its definition: a sum of Gaussians at the confidences and at
 * their reflections, integrated by trapezoids on 400,000 intervals with NumPy, and the fixed point
 * by SciPy's {@code brentq}.
 */
class SmoothCalibrationTest {

    private static final double EPS = 1e-9;

    private static SmoothCalibration of(double[] confidence, boolean[] correct) {
        return new SmoothCalibration(
                Calibration.sortedWhere(true, confidence, correct),
                Calibration.sortedWhere(false, confidence, correct));
    }

    private static boolean[] correct(int size, IntPredicate rule) {
        boolean[] correct = new boolean[size];
        for (int i = 0; i < size; i++) {
            correct[i] = rule.test(i);
        }
        return correct;
    }

    @Test
    void underAndOverconfident() {
        double[] f = IntStream.range(0, 40).mapToDouble(i -> 0.3 + i / 64.0).toArray();
        SmoothCalibration smooth = of(f, correct(40, i -> i * 7 % 5 < 3));
        assertEquals(0.17960373248814482, smooth.getError(0.02), EPS);
        assertEquals(0.08757989412920873, smooth.getError(0.3), EPS);
        assertEquals(0.14416408782907325, smooth.getError(), EPS);
    }

    /** The reflected part matters most here. */
    @Test
    void nearlySure() {
        double[] f = IntStream.range(0, 30).mapToDouble(i -> 1 - i % 6 / 512.0).toArray();
        SmoothCalibration smooth = of(f, correct(30, i -> i % 7 != 0));
        assertEquals(0.16178385416666666, smooth.getError(0.02), EPS);
        assertEquals(0.16178385416666666, smooth.getError(), EPS);
    }

    @Test
    void wellCalibrated() {
        double[] f = IntStream.range(0, 64).mapToDouble(i -> i * 29 % 64 / 64.0).toArray();
        boolean[] correct = correct(64, i -> i * 29 % 64 > i * 11 % 64);
        assertEquals(0.04914507852595665, of(f, correct).getError(), EPS);
        assertEquals(0.04914507852595665, Calibration.smoothError(f, correct), EPS);
    }

    /** Of all answers right the gap is the mean distance from 1, at any bandwidth. */
    @Test
    void extremesOfTheRange() {
        double[] sure = new double[5];
        Arrays.fill(sure, 1);
        assertEquals(0, Calibration.smoothError(sure, correct(5, i -> true)), 1e-15);
        assertEquals(1, Calibration.smoothError(sure, correct(5, i -> false)), 1e-12);
        double[] close = {1 - 1e-5, 1 - 3e-5};
        assertEquals(2e-5, Calibration.smoothError(close, correct(2, i -> true)), 1e-12);
    }

    /** What lies below the finest bandwidth is bounded by it, from both sides. */
    @Test
    void belowTheFinestBandwidth() {
        double[] f = IntStream.range(0, 2000).mapToDouble(i -> i < 1000 ? 1 - 1e-4 : 1).toArray();
        double error = Calibration.smoothError(f, correct(2000, i -> i != 3));
        // the mean residual is (999 * 1e-4 - (1 - 1e-4)) / 2000
        double mean = Math.abs((999e-4 - (1 - 1e-4)) / 2000);
        assertTrue(error >= mean - 1e-12 && error < SmoothCalibration.FINEST, "" + error);
    }
}
