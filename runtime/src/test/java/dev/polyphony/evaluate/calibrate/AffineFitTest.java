/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vector and matrix scaling against minima that SciPy 1.17 found of the same functions. */
class AffineFitTest {

    private static final double CLOSE = 2e-6;

    /** Draws that Python can make as well. */
    private static final class Draws {
        private long state = 7;

        double next() {
            state = (state * 1103515245 + 12345) % (1L << 31);
            return state / (double) (1L << 31);
        }
    }

    private static final int SIZE = 80;
    private final double[][] logits = new double[SIZE][3];
    private final int[] labels = new int[SIZE];

    AffineFitTest() {
        Draws draws = new Draws();
        for (int i = 0; i < SIZE; i++) {
            labels[i] = (int) (draws.next() * 3);
            for (int c = 0; c < 3; c++) {
                double right = c == labels[i] ? 2 : 0;
                logits[i][c] = 6 * (draws.next() - 0.5) + right + (c == 0 ? 1 : 0);
            }
        }
    }

    private static double negativeLogLikelihood(Scaling scaling, double[][] z, int[] y) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double[] scaled = scaling.apply(z[i]);
            double total = Arrays.stream(scaled).map(Math::exp).sum();
            sum += Math.log(total) - scaled[y[i]];
        }
        return sum / y.length;
    }

    @Test
    void vectorScaling() {
        Scaling fitted = Calibrator.vector().fit(logits, labels);
        double[] weights = {0.7926108286, 0.5457365276, 0.6153270749};
        double[] intercepts = {-0.4466483292, 0.3710117952, 0.075636534};
        assertArrayEquals(weights, fitted.getWeights(), CLOSE);
        assertArrayEquals(intercepts, fitted.getIntercepts(), CLOSE);
        assertEquals(0.7269056323614, negativeLogLikelihood(fitted, logits, labels), 1e-12);
        assertFalse(fitted.isBounded());
    }

    @Test
    void matrixScaling() {
        Scaling fitted = Calibrator.matrix().fit(logits, labels);
        double[] weights = {
            0.8671619178,
            -0.0782543566,
            0.078254353,
            0.0782543663,
            0.5039454302,
            -0.0782543638,
            -0.0782543699,
            0.0782543591,
            0.5746433565
        };
        double[] intercepts = {-0.4430328846, 0.3188005692, 0.1242323154};
        assertArrayEquals(weights, fitted.getWeights(), CLOSE);
        assertArrayEquals(intercepts, fitted.getIntercepts(), CLOSE);
        assertEquals(0.7100215448715, negativeLogLikelihood(fitted, logits, labels), 1e-8);
    }

    @Test
    void matrixScalingWithOtherPenalties() {
        Scaling fitted = Calibrator.matrix(0.5, 0.02).fit(logits, labels);
        double[] weights = {
            0.8321920742,
            -0.065961539,
            0.0659615389,
            0.0659615389,
            0.5145060569,
            -0.0659615389,
            -0.065961539,
            0.0659615389,
            0.5820249996
        };
        double[] intercepts = {-0.4115295179, 0.3060113362, 0.1055181817};
        assertArrayEquals(weights, fitted.getWeights(), CLOSE);
        assertArrayEquals(intercepts, fitted.getIntercepts(), CLOSE);
    }

    /** Many matrices give the same probabilities: of these, the fit is any, the likelihood not. */
    @Test
    void matrixScalingWithoutPenalties() {
        Scaling fitted = Calibrator.matrix(0, 0).fit(logits, labels);
        assertEquals(0.7099496673979, negativeLogLikelihood(fitted, logits, labels), 1e-11);
        double temperature = Calibrator.temperature().fit(logits, labels).getTemperature();
        assertEquals(1.6687528238, temperature, 1e-7);
        for (int k = 0; k < 3; k++) {
            double column = 0;
            for (int c = 0; c < 3; c++) {
                column += fitted.getWeights()[c * 3 + k];
            }
            // nearest to temperature scaling, whose columns sum up to 1 / T
            assertEquals(1 / temperature, column, 1e-5);
        }
    }

    /** Logits of any size and with any constant added; weights shrink as they grow. */
    @Test
    void fitsLogitsOfAnySize() {
        Scaling base = Calibrator.vector().fit(logits, labels);
        Scaling matrix = Calibrator.matrix(0, 0.01).fit(logits, labels);
        for (double size : new double[] {1e-6, 1e6}) {
            double[][] scaled = new double[SIZE][];
            Arrays.setAll(
                    scaled, i -> Arrays.stream(logits[i]).map(z -> size * z + size * i).toArray());
            Scaling fitted = Calibrator.vector().fit(scaled, labels);
            Scaling fittedMatrix = Calibrator.matrix(0, 0.01).fit(scaled, labels);
            for (int i = 0; i < SIZE; i++) {
                assertArrayEquals(base.apply(logits[i]), fitted.apply(scaled[i]), 1e-6);
                assertArrayEquals(matrix.apply(logits[i]), fittedMatrix.apply(scaled[i]), 1e-6);
            }
        }
    }

    /** All right: bounded by a prior, as SciPy has its minimum. */
    @Test
    void separableDataAreBounded() {
        double[][] right = {{3, 1, 0}, {0, 2, 1.5}, {0.5, 0, 1.7}, {2, 0, 1}};
        Scaling fitted = Calibrator.vector().fit(right, new int[] {0, 1, 2, 0});
        assertTrue(fitted.isBounded());
        double[] weights = {1.6444433133, 1.6520748294, 1.4612925721};
        double[] intercepts = {0.0339221214, 0.1144852024, -0.1484073238};
        assertArrayEquals(weights, fitted.getWeights(), 1e-6);
        assertArrayEquals(intercepts, fitted.getIntercepts(), 1e-6);
        assertTrue(Calibrator.matrix(0, 0).fit(right, new int[] {0, 1, 2, 0}).isBounded());
    }

    /** A class that is never confused with another: its weights could grow, others not. */
    @Test
    void partlySeparableDataStayFinite() {
        double[][] z = logits.clone();
        for (int i = 0; i < SIZE; i++) {
            z[i] = new double[] {logits[i][0], logits[i][1], labels[i] == 2 ? 9 : -9};
        }
        for (Calibrator calibrator :
                new Calibrator[] {Calibrator.vector(), Calibrator.matrix(0, 0)}) {
            Scaling fitted = calibrator.fit(z, labels);
            assertFalse(fitted.isBounded());
            double temperature =
                    negativeLogLikelihood(Calibrator.temperature().fit(z, labels), z, labels);
            double own = negativeLogLikelihood(fitted, z, labels);
            assertTrue(own < temperature, own + " after " + temperature);
            assertTrue(Arrays.stream(fitted.getWeights()).allMatch(w -> Math.abs(w) < 100));
        }
    }

    /** Thirty classes: 930 numbers, at the bottom in every direction. */
    @Test
    void manyClassesComeToTheBottom() {
        int classes = 30;
        Random random = new Random(3);
        double[][] z = new double[900][classes];
        int[] y = new int[z.length];
        for (int i = 0; i < z.length; i++) {
            y[i] = i % classes;
            for (int c = 0; c < classes; c++) {
                z[i][c] = 3 * random.nextGaussian() + (c == y[i] ? 4 : 0);
            }
        }
        Calibrator calibrator = Calibrator.matrix(0.1, 0.1);
        Scaling fitted = calibrator.fit(z, y);
        double best = objective(fitted, z, y, 0.1);
        for (int k = 0; k < 40; k++) {
            double[] weights = fitted.getWeights();
            double[] intercepts = fitted.getIntercepts();
            for (int step = 0; step < 3; step++) {
                weights[random.nextInt(weights.length)] += 1e-2 * random.nextGaussian();
                intercepts[random.nextInt(classes)] += 1e-2 * random.nextGaussian();
            }
            Scaling moved = new Scaling(ScalingMethod.MATRIX, classes, weights, intercepts, false);
            assertTrue(objective(moved, z, y, 0.1) > best);
        }
    }

    private static double objective(Scaling scaling, double[][] z, int[] y, double penalty) {
        int classes = scaling.getClasses();
        double[] weights = scaling.getWeights();
        double squares = 0;
        for (int k = 0; k < weights.length; k++) {
            squares += k / classes == k % classes ? 0 : weights[k] * weights[k];
        }
        double[] b = scaling.getIntercepts();
        return negativeLogLikelihood(scaling, z, y)
                + penalty * squares / (classes * (classes - 1))
                + penalty * Arrays.stream(b).map(x -> x * x).sum() / classes;
    }

    @Test
    void badInputIsNamed() {
        double[][] z = {{1, 0, 0}, {0, 1, 0}};
        assertMessage("Class 2 has no validation example", z, 0, 1);
        assertMessage("Class 1 has no validation example", z, 0, 0);
        assertMessage("2 rows of logits for 1 labels", z, 0);
        assertMessage("label 3 of example 1", z, 0, 3);
        double[][] infinite = {{1, 0}, {Double.POSITIVE_INFINITY, 1}};
        assertMessage("must be finite", infinite, 0, 1);
        assertThrows(IllegalArgumentException.class, () -> Calibrator.matrix(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> Calibrator.matrix(0, Double.NaN));
    }

    private static void assertMessage(String part, double[][] z, int... y) {
        for (Calibrator calibrator : new Calibrator[] {Calibrator.vector(), Calibrator.matrix()}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> calibrator.fit(z, y));
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }
}
