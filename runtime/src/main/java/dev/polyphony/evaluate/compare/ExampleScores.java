/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.labels.MultiLabelMetrics;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.PredictiveDistribution;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a row is on each test example: what tests of two rows on the same examples need.
 *
 * @param values the scores {@code [N]} by the metric that is their mean: accuracy, negative log
 *     likelihood and Brier score of classes; share of exact matches, binary cross-entropy and Brier
 *     score of several labels; absolute error, continuous ranked probability score and, of
 *     Gaussians, negative log likelihood of numbers
 */
public record ExampleScores(Map<Metric, double[]> values) {

    /** Requires one of each for each example. */
    public ExampleScores {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        int[] lengths = values.values().stream().mapToInt(each -> each.length).toArray();
        if (Arrays.stream(lengths).distinct().count() != 1) {
            throw new IllegalArgumentException(
                    "%s values: give one of each for each example"
                            .formatted(Arrays.toString(lengths)));
        }
    }

    /**
     * Takes the scores of classes.
     *
     * @param correct whether the pooled answer is right, {@code [N]}
     * @param negativeLogLikelihood of the pooled answer, in nats, {@code [N]}
     * @param brier the squared distance of the pooled probabilities from the right answer, {@code
     *     [N]}
     */
    public ExampleScores(boolean[] correct, double[] negativeLogLikelihood, double[] brier) {
        this(classes(correct, negativeLogLikelihood, brier));
    }

    private static Map<Metric, double[]> classes(boolean[] correct, double[] nll, double[] brier) {
        double[] right = new double[correct.length];
        Arrays.setAll(right, i -> correct[i] ? 1 : 0);
        Map<Metric, double[]> values = new LinkedHashMap<>();
        values.put(Metrics.ACCURACY, right);
        values.put(Metrics.NLL, nll);
        values.put(Metrics.BRIER, brier);
        return values;
    }

    /**
     * Computes the scores of classes.
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
     * Computes the scores of several labels; those of an example are means over its labels.
     *
     * @param predictions predictions with the right labels
     * @return the scores
     * @throws IllegalStateException if there are no labels
     */
    public static ExampleScores of(MultiLabelPredictions predictions) {
        double[][] labels = predictions.getLabels();
        double[][] probabilities = predictions.getProbabilities();
        double[] exact = new double[labels.length];
        double[] surprise = new double[labels.length];
        double[] brier = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            int width = labels[i].length;
            exact[i] = 1;
            for (int k = 0; k < width; k++) {
                double distance = probabilities[i][k] - labels[i][k];
                brier[i] += distance * distance / width;
                surprise[i] -= predictions.getLogLikelihood(i, k) / width;
                if (probabilities[i][k] >= 0.5 != labels[i][k] >= 0.5) {
                    exact[i] = 0;
                }
            }
        }
        Map<Metric, double[]> values = new LinkedHashMap<>();
        values.put(MultiLabelMetrics.EXACT_MATCH, exact);
        values.put(MultiLabelMetrics.BCE, surprise);
        values.put(MultiLabelMetrics.BRIER, brier);
        return new ExampleScores(values);
    }

    /**
     * Computes the scores of numbers; those of an example are means over its targets.
     *
     * @param predictions predictions with the right numbers
     * @return the scores
     * @throws IllegalStateException if there are no right numbers
     */
    public static ExampleScores of(RegressionPredictions predictions) {
        double[][] targets = predictions.getTargets();
        double[] absolute = new double[targets.length];
        double[] crps = new double[targets.length];
        double[] surprise = new double[targets.length];
        for (int i = 0; i < targets.length; i++) {
            int width = targets[i].length;
            for (int k = 0; k < width; k++) {
                PredictiveDistribution own = predictions.getDistribution(i, k);
                absolute[i] += Math.abs(own.getMean() - targets[i][k]) / width;
                crps[i] += own.getCrps(targets[i][k]) / width;
                if (predictions.isGaussian()) {
                    surprise[i] -= own.getLogDensity(targets[i][k]) / width;
                }
            }
        }
        Map<Metric, double[]> values = new LinkedHashMap<>();
        values.put(RegressionMetrics.MAE, absolute);
        if (predictions.isGaussian()) {
            values.put(RegressionMetrics.NLL, surprise);
        }
        values.put(RegressionMetrics.CRPS, crps);
        return new ExampleScores(values);
    }

    /**
     * Joins the scores of batches.
     *
     * @param batches the scores, in the order of the examples, at least one
     * @return the scores of all
     */
    public static ExampleScores join(List<ExampleScores> batches) {
        Map<Metric, double[]> all = new LinkedHashMap<>();
        for (Metric metric : batches.get(0).values.keySet()) {
            all.put(
                    metric,
                    batches.stream()
                            .flatMapToDouble(batch -> Arrays.stream(batch.values.get(metric)))
                            .toArray());
        }
        return new ExampleScores(all);
    }

    /** Whether the pooled answers are right, of classes. */
    boolean[] correct() {
        double[] right = values.get(Metrics.ACCURACY);
        boolean[] correct = new boolean[right.length];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = right[i] == 1;
        }
        return correct;
    }

    /** The values whose mean is a figure, if there are such. */
    Optional<double[]> get(Figure figure) {
        return figure.set().isEmpty()
                ? Optional.ofNullable(values.get(figure.metric()))
                : Optional.empty();
    }
}
