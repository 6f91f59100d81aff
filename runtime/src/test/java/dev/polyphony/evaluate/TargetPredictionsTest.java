/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import org.junit.jupiter.api.Test;

/** Predictions of numbers and of several labels, by hand. */
class TargetPredictionsTest {

    private static final double TOLERANCE = 1e-12;

    @Test
    void numbersArePooledByTheirMean() {
        // two examples, two members, two numbers
        RegressionPredictions given =
                RegressionPredictions.of(
                        new float[] {1, 10, 3, 14, 0, 0, -2, 8}, new float[] {2, 11, 1, 4}, 2, 2);
        assertArrayEquals(new double[] {2, 12}, given.getMeans()[0]);
        assertArrayEquals(new double[] {-1, 4}, given.getMeans()[1]);
        assertArrayEquals(new double[] {1, 4}, given.getVariances()[0]);
        assertArrayEquals(new double[] {1, 16}, given.getVariances()[1]);
        // errors 0, 1, -2, 0
        assertEquals(5.0 / 4, given.getMeanSquaredError(), TOLERANCE);
        assertEquals(Math.sqrt(1.25), given.getRootMeanSquaredError(), TOLERANCE);
        assertEquals(3.0 / 4, given.getMeanAbsoluteError(), TOLERANCE);
        // of the members -1, -1, -1, -4 and 1, 3, -3, 4
        assertArrayEquals(
                new double[] {Math.sqrt(19 / 4.0), Math.sqrt(35 / 4.0)},
                given.getMemberRootMeanSquaredErrors(),
                TOLERANCE);
    }

    @Test
    void labelsArePooledByTheMeanOfSigmoids() {
        float[] logits = {3, -1, -1, -2, 0.5f, 1, -4, 2};
        MultiLabelPredictions given =
                MultiLabelPredictions.of(
                        logits, new float[] {1, 0, 0, 0}, 2, 2, Aggregation.PROBABILITIES);
        double[][] expected = {
            {(sigmoid(3) + sigmoid(-1)) / 2, (sigmoid(-1) + sigmoid(-2)) / 2},
            {(sigmoid(0.5) + sigmoid(-4)) / 2, (sigmoid(1) + sigmoid(2)) / 2}
        };
        assertArrayEquals(expected[0], given.getProbabilities()[0], TOLERANCE);
        assertArrayEquals(expected[1], given.getProbabilities()[1], TOLERANCE);
        assertEquals(sigmoid(-2), given.getMemberProbabilities()[0][1][1], TOLERANCE);
        // the last label of the second example is the only wrong one
        assertEquals(0.75, given.getLabelAccuracy());
        assertEquals(0.5, given.getExactMatch());
        double loss =
                -Math.log(expected[0][0])
                        - Math.log(1 - expected[0][1])
                        - Math.log(1 - expected[1][0])
                        - Math.log(1 - expected[1][1]);
        assertEquals(loss / 4, given.getBinaryCrossEntropy(), TOLERANCE);
    }

    @Test
    void labelsCanBePooledByTheMeanLogits() {
        MultiLabelPredictions given =
                MultiLabelPredictions.of(
                        new float[] {3, -1}, new float[] {0}, 2, 1, Aggregation.LOGITS);
        assertEquals(sigmoid(1), given.getProbabilities()[0][0], TOLERANCE);
        assertEquals(-Math.log(1 - sigmoid(1)), given.getBinaryCrossEntropy(), TOLERANCE);
    }

    /** Where a probability is 1 in double precision, its complement's logarithm is finite. */
    @Test
    void sureMembersHaveAFiniteLoss() {
        MultiLabelPredictions given =
                MultiLabelPredictions.of(
                        new float[] {800, 800}, new float[] {0}, 2, 1, Aggregation.PROBABILITIES);
        assertEquals(800, given.getBinaryCrossEntropy(), 1e-9);
    }

    @Test
    void refusesWhatIsWrong() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RegressionPredictions.of(new float[5], null, 2, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> RegressionPredictions.of(new float[4], new float[3], 2, 2));
        IllegalArgumentException nan =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RegressionPredictions.of(new float[] {1, Float.NaN}, null, 1, 1));
        assertTrue(nan.getMessage().startsWith("output 0 of example 1"), nan.getMessage());
        RegressionPredictions unknown = RegressionPredictions.of(new float[4], null, 2, 2);
        assertThrows(IllegalStateException.class, unknown::getMeanAbsoluteError);
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
