/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import java.util.List;
import java.util.Optional;

/**
 * How good a row is on each test example: what tests of two rows on the same examples need.
 *
 * @param correct whether the pooled answer is right, {@code [N]}
 * @param negativeLogLikelihood of the pooled answer, in nats, {@code [N]}
 * @param brier the squared distance of the pooled probabilities from the right answer, {@code [N]}
 */
public record ExampleScores(boolean[] correct, double[] negativeLogLikelihood, double[] brier) {

    /** Requires one of each for each example. */
    public ExampleScores {
        if (correct.length != negativeLogLikelihood.length || correct.length != brier.length) {
            throw new IllegalArgumentException(
                    "%d, %d and %d values: give one of each for each example"
                            .formatted(correct.length, negativeLogLikelihood.length, brier.length));
        }
    }

    /**
     * Computes the scores.
     *
     * @param predictions labelled predictions
     * @return the scores
     * @throws IllegalStateException if there are no labels
     */
    public static ExampleScores of(Predictions predictions) {
        int[] labels = predictions.getLabels();
        double[][] probabilities = predictions.getProbabilities();
        double[] nll = new double[labels.length];
        double[] brier = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            nll[i] = -predictions.getLogProbability(i, labels[i]);
            for (int c = 0; c < probabilities[i].length; c++) {
                double distance = probabilities[i][c] - (c == labels[i] ? 1 : 0);
                brier[i] += distance * distance;
            }
        }
        return new ExampleScores(predictions.getCorrect(), nll, brier);
    }

    /**
     * Joins the scores of batches.
     *
     * @param batches the scores, in the order of the examples
     * @return the scores of all
     */
    public static ExampleScores join(List<ExampleScores> batches) {
        int size = batches.stream().mapToInt(batch -> batch.correct.length).sum();
        ExampleScores all =
                new ExampleScores(new boolean[size], new double[size], new double[size]);
        int at = 0;
        for (ExampleScores batch : batches) {
            int own = batch.correct.length;
            System.arraycopy(batch.correct, 0, all.correct, at, own);
            System.arraycopy(batch.negativeLogLikelihood, 0, all.negativeLogLikelihood, at, own);
            System.arraycopy(batch.brier, 0, all.brier, at, own);
            at += own;
        }
        return all;
    }

    /** The values whose mean is a figure, if there are such. */
    Optional<double[]> get(Figure figure) {
        Metric metric = figure.metric();
        if (metric.equals(Metrics.ACCURACY)) {
            double[] right = new double[correct.length];
            for (int i = 0; i < right.length; i++) {
                right[i] = correct[i] ? 1 : 0;
            }
            return Optional.of(right);
        } else if (metric.equals(Metrics.NLL)) {
            return Optional.of(negativeLogLikelihood);
        }
        return metric.equals(Metrics.BRIER) ? Optional.of(brier) : Optional.empty();
    }
}
