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

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureScalingTest {

    /** With two classes and one gap, three right of four: at the best, the odds are 3 to 1. */
    @Test
    void calibratesOneGapInClosedForm() {
        for (double gap : new double[] {0.01, 1, 7, 1e4}) {
            double[][] logits = {{gap, 0}, {gap, 0}, {0, gap}, {gap, 0}};
            double expected = gap / Math.log(3);
            assertEquals(expected, fit(logits, new int[] {0, 0, 1, 1}), 1e-10 * expected);
        }
    }

    @Test
    void isTheLowestOfAllTemperatures() {
        Predictions p = random(3, 4, 200, Aggregation.PROBABILITIES, 5);
        double best = fit(p);
        double least = Scores.negativeLogLikelihood(scaled(p, best));
        for (double factor : new double[] {0.5, 0.99, 0.999, 1.001, 1.01, 2}) {
            assertTrue(Scores.negativeLogLikelihood(scaled(p, best * factor)) > least);
        }
        assertEquals(1, fit(scaled(p, best)), 1e-9);
    }

    /** Logits of any size: their temperature grows with them. */
    @Test
    void isProportionalToTheLogits() {
        Predictions p = random(1, 3, 50, Aggregation.LOGITS, 6);
        double[][] logits = new double[p.size()][];
        Arrays.setAll(logits, p::getPooledLogits);
        double base = fit(logits, p.getLabels());
        for (double scale : new double[] {1e-30, 1e-3, 1e3, 1e30}) {
            double[][] scaled = new double[logits.length][];
            Arrays.setAll(
                    scaled, i -> Arrays.stream(logits[i]).map(z -> z * scale + scale).toArray());
            double fitted = fit(scaled, p.getLabels());
            assertEquals(base * scale, fitted, 1e-9 * base * scale);
        }
    }

    @Test
    void pooledLogitsAreScaled() {
        Predictions p = random(3, 4, 9, Aggregation.LOGITS, 7);
        Predictions scaled = scaled(p, 2.5);
        // dividing each member's logits is the same where logits are pooled
        Predictions members = scaledMembers(p, 2.5, 2.5, 2.5);
        for (int i = 0; i < p.size(); i++) {
            assertArrayEquals(members.getProbabilities()[i], scaled.getProbabilities()[i], 1e-12);
            assertArrayEquals(
                    p.getMemberProbabilities()[i][1], scaled.getMemberProbabilities()[i][1], 0);
        }
    }

    @Test
    void pooledProbabilitiesAreRaisedToThePower() {
        Predictions p = random(3, 4, 9, Aggregation.PROBABILITIES, 8);
        Predictions scaled = scaled(scaled(p, 4), 0.5);
        for (int i = 0; i < p.size(); i++) {
            double[] powers = Arrays.stream(p.getProbabilities()[i]).map(Math::sqrt).toArray();
            double sum = Arrays.stream(powers).sum();
            for (int c = 0; c < 4; c++) {
                assertEquals(powers[c] / sum, scaled.getProbabilities()[i][c], 1e-12);
                assertEquals(Math.log(powers[c] / sum), scaled.getLogProbability(i, c), 1e-12);
            }
        }
        assertTrue(Arrays.equals(p.getPredicted(), scaled.getPredicted()));
    }

    @Test
    void membersAreFittedAndScaledOneByOne() {
        Predictions p = random(3, 4, 120, Aggregation.PROBABILITIES, 9);
        double[] each = fitMembers(p);
        for (int m = 0; m < 3; m++) {
            assertEquals(fit(p.getMember(m)), each[m], 0);
        }
        double[] mean = new double[4];
        Predictions scaled = scaledMembers(p, each);
        for (int m = 0; m < 3; m++) {
            double[] own = scaled(p.getMember(m), each[m]).getProbabilities()[5];
            for (int c = 0; c < 4; c++) {
                assertEquals(own[c], scaled.getMemberProbabilities()[5][m][c], 1e-12);
                mean[c] += own[c] / 3;
            }
        }
        for (int c = 0; c < 4; c++) {
            assertEquals(mean[c], scaled.getProbabilities()[5][c], 1e-12);
        }
    }

    /** All right: the inverse temperature has a prior, as SciPy's bounded minimum has it. */
    @Test
    void isBoundedWhereAllAreRight() {
        double[][] right = {{3, 1, 0}, {0, 2, 1.5}, {0.5, 0, 1.7}, {2, 0, 1}};
        Scaling bounded = Calibrator.temperature().fit(right, new int[] {0, 1, 2, 0});
        assertEquals(0.77740492, bounded.getTemperature(), 1e-7);
        assertTrue(bounded.isBounded());
        assertTrue(bounded.toString().contains("bounded"), bounded.toString());
        // a class that ties is not beaten: sure of it is as good as can be
        double[][] tied = {{3, 1, 0}, {0, 2, 2}};
        assertTrue(Calibrator.temperature().fit(tied, new int[] {0, 1}).isBounded());
    }

    @Test
    void refusesWhatHasNoBestTemperature() {
        double[][] equal = {{1, 1}, {-2, -2}};
        assertMessage("no higher than the others", equal, 0, 1);
        double[][] wrong = {{3, 1, 0}, {0, 2, 1}, {0, 1, 0}};
        assertMessage("no higher than the others", wrong, 2, 0, 2);
        // one class among the labels is enough, where it is not always the highest
        double[][] one = {{3, 0}, {0, 1}, {2, 0}};
        assertFalse(Calibrator.temperature().fit(one, new int[] {0, 0, 0}).isBounded());
    }

    @Test
    void badInputIsNamed() {
        assertMessage("0 rows of logits for 0 labels", new double[0][]);
        assertMessage("1 rows of logits for 2 labels", new double[][] {{1, 0}}, 0, 1);
        assertMessage("at least 2", new double[][] {{1}}, 0);
        assertMessage("example 1 has 3 logits", new double[][] {{1, 0}, {1, 0, 2}}, 0, 1);
        assertMessage("label 2 of example 0", new double[][] {{1, 0}}, 2);
        assertMessage("example 1 are [NaN, 0.0]", new double[][] {{1, 0}, {Double.NaN, 0}}, 0, 1);
        Predictions unlabelled =
                Predictions.of(new float[] {1, 0}, 1, 2, Aggregation.PROBABILITIES);
        assertThrows(IllegalStateException.class, () -> fit(unlabelled));
        for (double t : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Scaling.ofTemperature(t, 2));
        }
        assertThrows(IllegalArgumentException.class, () -> scaledMembers(unlabelled, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> unlabelled.calibrated(Scaling.ofTemperature(1, 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> unlabelled.calibrated(z -> new double[] {Double.NaN, 0}));
    }

    private static double fit(double[][] logits, int... labels) {
        return Calibrator.temperature().fit(logits, labels).getTemperature();
    }

    private static double fit(Predictions validation) {
        return EnsembleCalibration.fit(
                        Calibrator.temperature(), CalibrationOrder.POOLED, validation)
                .getPooled()
                .orElseThrow()
                .getTemperature();
    }

    private static double[] fitMembers(Predictions validation) {
        return EnsembleCalibration.fit(
                        Calibrator.temperature(), CalibrationOrder.MEMBERS, validation)
                .getMembers()
                .stream()
                .mapToDouble(Scaling::getTemperature)
                .toArray();
    }

    private static Predictions scaled(Predictions p, double temperature) {
        return p.calibrated(Scaling.ofTemperature(temperature, p.getClasses()));
    }

    private static Predictions scaledMembers(Predictions p, double... temperatures) {
        return p.calibratedMembers(
                List.copyOf(
                        Arrays.stream(temperatures)
                                .mapToObj(t -> Scaling.ofTemperature(t, p.getClasses()))
                                .toList()));
    }

    private static void assertMessage(String part, double[][] logits, int... labels) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> fit(logits, labels));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    /** Members that are right more often than not, and too sure. */
    private static Predictions random(
            int members, int classes, int size, Aggregation aggregation, long seed) {
        Random random = new Random(seed);
        float[] logits = new float[size * members * classes];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(classes);
            for (int k = 0; k < members * classes; k++) {
                double right = k % classes == labels[i] ? 2 : 0;
                logits[i * members * classes + k] = (float) (right + 3 * random.nextGaussian());
            }
        }
        return Predictions.of(logits, labels, members, classes, aggregation);
    }
}
