/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.regression.PredictiveDistribution;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import java.util.stream.IntStream;

/**
 * Predicted numbers beside the right ones, of some test examples.
 *
 * @param truth the right numbers, {@code [N]}
 * @param predicted what is predicted, {@code [N]}
 * @param low where the central 90 % interval of each prediction begins, {@code [N]}
 * @param high where it ends, {@code [N]}
 */
public record Forecasts(double[] truth, double[] predicted, double[] low, double[] high) {

    /** More points than this hide each other. */
    private static final int MOST = 200;

    private static final double LEVEL = 0.9;

    /** Checks the lengths. */
    public Forecasts {
        int size = truth.length;
        if (size == 0 || predicted.length != size || low.length != size || high.length != size) {
            throw new IllegalArgumentException(
                    "%d right numbers, %d predicted, %d and %d ends of intervals: give one of each for each example, and at least one"
                            .formatted(size, predicted.length, low.length, high.length));
        }
    }

    /**
     * Returns which examples of a test set are shown: all, or some that are evenly spread over it.
     *
     * @param examples the number of test examples
     * @return at most {@value #MOST} of their numbers, rising
     */
    public static int[] getSample(int examples) {
        int size = Math.min(MOST, examples);
        return IntStream.range(0, size).map(k -> (int) ((long) k * examples / size)).toArray();
    }

    /**
     * Takes some of the predictions of a test set, evenly spread over it.
     *
     * @param predictions predictions with the right numbers
     * @param target which of the numbers of an example, from 0
     * @return at most {@value #MOST} of them
     * @throws IllegalStateException if the right numbers are unknown
     */
    public static Forecasts of(RegressionPredictions predictions, int target) {
        double[][] targets = predictions.getTargets();
        int[] examples = getSample(predictions.size());
        double[][] columns = new double[4][examples.length];
        for (int k = 0; k < examples.length; k++) {
            int example = examples[k];
            PredictiveDistribution distribution = predictions.getDistribution(example, target);
            PredictiveDistribution.Interval interval = distribution.getInterval(LEVEL);
            columns[0][k] = targets[example][target];
            columns[1][k] = distribution.getMean();
            columns[2][k] = interval.from();
            columns[3][k] = interval.to();
        }
        return new Forecasts(columns[0], columns[1], columns[2], columns[3]);
    }
}
