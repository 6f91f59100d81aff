/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is no probability, or no class, has no score. */
class ProbabilitiesTest {

    private static final int[] LABELS = {0, 1};

    private static final double[] GOOD = {0.4, 0.6};

    /** Sums that are off, a negative number, and what is no number. */
    private static final List<double[]> BAD =
            List.of(
                    new double[] {0.4, 0.602},
                    new double[] {0.4, 0.598},
                    new double[] {2, -1},
                    new double[] {-0.1, 1.1},
                    new double[] {Double.NaN, 1},
                    new double[] {Double.POSITIVE_INFINITY, 0},
                    new double[] {});

    private static final List<ToDoubleFunction<double[][]>> SCORES =
            List.of(
                    p -> Scores.brier(p, LABELS),
                    p -> Scores.negativeLogLikelihood(p, LABELS),
                    p -> Scores.topAccuracy(p, LABELS, 1));

    private static final List<ToDoubleFunction<double[][]>> UNCERTAINTIES =
            List.of(
                    Uncertainty::expectedEntropy,
                    Uncertainty::mutualInformation,
                    Uncertainty::disagreement,
                    p -> Uncertainty.variationRatio(p, 1));

    @Test
    void refusesWhatIsNoProbability() {
        for (double[] bad : BAD) {
            double[][] rows = {GOOD, bad};
            for (ToDoubleFunction<double[][]> score : SCORES) {
                refuse("probabilities of example 1 must", () -> score.applyAsDouble(rows));
            }
            for (ToDoubleFunction<double[][]> score : UNCERTAINTIES) {
                refuse("probabilities of member 1 must", () -> score.applyAsDouble(rows));
            }
            refuse("the probabilities must", () -> Uncertainty.entropy(bad));
        }
        refuse(
                "must be at least 0 and sum up to 1, but are [0.4, 0.7]",
                () -> Uncertainty.entropy(new double[] {0.4, 0.7}));
        refuse("0.0, 0.0, ...]", () -> Uncertainty.entropy(new double[1000]));
    }

    @Test
    void refusesRowsOfOtherLengthsAndNone() {
        double[][] uneven = {GOOD, {0.4, 0.3, 0.3}};
        for (ToDoubleFunction<double[][]> score : SCORES) {
            refuse("of example 1 are for 3 classes", () -> score.applyAsDouble(uneven));
        }
        for (ToDoubleFunction<double[][]> score : UNCERTAINTIES) {
            refuse("of member 1 are for 3 classes", () -> score.applyAsDouble(uneven));
            refuse("one member at least", () -> score.applyAsDouble(new double[0][]));
        }
    }

    @Test
    void refusesWhatIsNoClass() {
        double[][] rows = {GOOD, GOOD};
        for (int label : new int[] {-1, 2}) {
            int[] labels = {0, label};
            String what = "label %d of example 1 is not one of the 2 classes".formatted(label);
            refuse(what, () -> Scores.brier(rows, labels));
            refuse(what, () -> Scores.negativeLogLikelihood(rows, labels));
            refuse(what, () -> Scores.topAccuracy(rows, labels, 1));
            float[] logits = {0, 1, 0, 1};
            refuse(what, () -> Predictions.of(logits, labels, 1, 2, Aggregation.PROBABILITIES));
            refuse("not one of the 2 classes", () -> Uncertainty.variationRatio(rows, label));
        }
    }

    @Test
    void takesWhatIsRounded() {
        double[][] rounded = {{0.3333, 0.3333, 0.3333}, {0.9995, 0.001, 0}};
        assertEquals(0.5, Scores.topAccuracy(rounded, LABELS, 1));
        assertTrue(Uncertainty.mutualInformation(rounded) > 0);
    }

    private static void refuse(String message, Executable code) {
        String given = assertThrows(IllegalArgumentException.class, code).getMessage();
        assertTrue(given.contains(message), given);
    }
}
