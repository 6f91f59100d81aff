/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers of scipy 1.17: permutation_test, ttest_rel and binomtest. */
class PairedTestTest {

    private static final double EPS = 1e-12;
    private static final Bootstrap BOOTSTRAP = Bootstrap.seeded(1);

    private static final double[] OWN = {0.912, 0.905, 0.921, 0.899, 0.917, 0.908};
    private static final double[] REFERENCE = {0.903, 0.907, 0.909, 0.895, 0.911, 0.899};

    @Test
    void signsOfFewSeedsAreFlippedExactly() {
        PairedTest test = PairedTest.signFlip(OWN, REFERENCE, BOOTSTRAP);
        assertEquals(0.0625, test.pValue());
        assertEquals(2.0 / 64, test.smallestPValue());
        assertEquals(6, test.pairs());
        assertEquals(0.0063333333333333, test.difference(), EPS);
        assertTrue(test.interval().contains(test.difference()));
        PairedTest three =
                PairedTest.signFlip(Arrays.copyOf(OWN, 3), Arrays.copyOf(REFERENCE, 3), BOOTSTRAP);
        assertEquals(0.5, three.pValue());
        assertEquals(0.25, three.smallestPValue());
    }

    @Test
    void theSmallestValueIsReached() {
        double[] better = {1, 2, 3, 4, 5};
        PairedTest test = PairedTest.signFlip(better, new double[5], BOOTSTRAP);
        assertEquals(test.smallestPValue(), test.pValue());
        assertEquals(1, PairedTest.signFlip(new double[] {1}, new double[1], BOOTSTRAP).pValue());
        assertEquals(1, PairedTest.signFlip(better, better, BOOTSTRAP).pValue());
    }

    @Test
    void signsOfManySeedsAreSampled() {
        double[] many = {
            2.341, -2.256, 0.718, -0.268, -0.153, 0.084, -1.72, 0.068, -0.565, 3.623, 0.526, -0.053,
            0.019, -0.368, -0.755, -0.091, 0.782, 0.061, 1.258, 0.1, 0.324, 1.846, 0.845, -0.205,
            0.117
        };
        PairedTest test =
                PairedTest.signFlip(many, new double[many.length], BOOTSTRAP.optResamples(100_000));
        assertEquals(0.3084, test.pValue(), 0.005);
        assertEquals(1 / 100_001.0, test.smallestPValue(), EPS);
    }

    @Test
    void studentsT() {
        PairedTest test = PairedTest.student(OWN, REFERENCE, 0.95);
        assertEquals(0.025401253760418876, test.pValue(), 1e-9);
        assertEquals(0.0011636865428756764, test.interval().low(), 1e-9);
        assertEquals(0.011502980123791001, test.interval().high(), 1e-9);
        assertEquals(1, PairedTest.student(OWN, OWN, 0.95).pValue());
        // all differences equal: a deviation of zero says nothing of chance
        double[] shifted = {1, 2, 3};
        assertTrue(
                Double.isNaN(PairedTest.student(shifted, new double[] {0, 1, 2}, 0.95).pValue()));
    }

    /**
     * So many that the first alone gets right, so many that the second does, and some that both do.
     */
    private static PairedTest mcNemar(int better, int worse) {
        boolean[] own = new boolean[better + worse + 40];
        boolean[] reference = new boolean[own.length];
        Arrays.fill(own, 0, better, true);
        Arrays.fill(reference, better, better + worse, true);
        Arrays.fill(own, better + worse, better + worse + 30, true);
        Arrays.fill(reference, better + worse, better + worse + 30, true);
        return PairedTest.mcNemar(own, reference, BOOTSTRAP.optResamples(100));
    }

    @Test
    void mcNemarsExactTest() {
        assertEquals(0.057373046875, mcNemar(11, 3).pValue(), EPS);
        assertEquals(0.057373046875, mcNemar(3, 11).pValue(), EPS);
        assertEquals(1, mcNemar(7, 7).pValue());
        assertEquals(3.183628737933597e-06, mcNemar(48, 12).pValue(), 1e-16);
        assertEquals(0.0625, mcNemar(5, 0).pValue(), EPS);
        assertEquals(0.0625, mcNemar(5, 0).smallestPValue(), EPS);
        assertEquals(1, mcNemar(0, 0).pValue());
        assertEquals((11 - 3) / 54.0, mcNemar(11, 3).difference(), EPS);
        assertTrue(mcNemar(3, 11).difference() < 0);
    }

    @Test
    void theBootstrapOfManyExamplesIsNearlyStudents() {
        Random random = new Random(5);
        for (double shift : new double[] {0, 0.02, -0.04}) {
            double[] own = new double[500];
            Arrays.setAll(own, i -> shift + 0.5 * random.nextGaussian());
            double[] none = new double[own.length];
            PairedTest test = PairedTest.bootstrap(own, none, BOOTSTRAP);
            PairedTest student = PairedTest.student(own, none, 0.95);
            assertEquals(student.pValue(), test.pValue(), 0.03);
            assertEquals(student.interval().low(), test.interval().low(), 0.004);
            assertEquals(student.interval().high(), test.interval().high(), 0.004);
        }
        assertEquals(1, PairedTest.bootstrap(OWN, OWN, BOOTSTRAP).pValue());
    }

    @Test
    void holmsCorrection() {
        // 4 * 0.005, 3 * 0.01, 2 * 0.03, and no less than that
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjust(0.01, 0.04, 0.03, 0.005), EPS);
        assertArrayEquals(
                new double[] {0.02, Double.NaN, 1}, Holm.adjust(0.01, Double.NaN, 1), EPS);
        assertEquals(0, Holm.adjust().length);
    }

    @Test
    void refusesWhatIsNoPair() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PairedTest.signFlip(OWN, new double[5], BOOTSTRAP));
        assertThrows(
                IllegalArgumentException.class,
                () -> PairedTest.mcNemar(new boolean[0], new boolean[0], BOOTSTRAP));
        assertThrows(
                IllegalArgumentException.class,
                () -> PairedTest.student(new double[1], new double[1], 0.95));
    }
}
