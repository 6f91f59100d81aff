/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import java.util.Arrays;

/**
 * Finds the best weights of vector and matrix scaling.
 *
 * <p>Several weights may give the same probabilities, and where a class is never confused some grow
 * for ever. A ridge of {@value #RIDGE} towards temperature scaling decides, so small that it shows
 * beyond the sixth digit of weights that the data tell. If it is all that bounds the weights, as
 * every example comes out right, it becomes a standard normal prior: {@code 1 / (2 N)}.
 */
final class AffineFit {

    /** What the sum of squares of deviations from temperature scaling counts. */
    static final double RIDGE = 1e-10;

    private final ScalingMethod method;
    private final double[][] logits;
    private final int[] labels;
    private final int classes;
    private final double scale;
    private final double offDiagonal;
    private final double intercept;
    private final double[] start;

    private AffineFit(
            ScalingMethod method,
            double[][] raw,
            int[] labels,
            double offDiagonal,
            double intercept) {
        this.method = method;
        this.labels = labels;
        this.offDiagonal = offDiagonal;
        this.intercept = intercept;
        classes = ValidationLogits.requireClasses(raw, labels);
        ValidationLogits.requireEachClass(labels, classes, method);
        double inverse = 1 / new TemperatureScaling().fit(raw, labels).getTemperature();
        logits = Arrays.stream(raw).map(Scaling::centred).toArray(double[][]::new);
        double squares =
                Arrays.stream(logits).flatMapToDouble(Arrays::stream).map(z -> z * z).sum();
        // all logits alike leave no temperature, so that there is something to divide by
        scale = Math.sqrt(squares / (logits.length * (double) classes));
        for (double[] row : logits) {
            Arrays.setAll(row, c -> row[c] / scale);
        }
        start = new double[method.weights(classes) + classes];
        int step = method == ScalingMethod.MATRIX ? classes + 1 : 1;
        for (int c = 0; c < classes; c++) {
            start[c * step] = inverse * scale;
        }
    }

    static Scaling fit(
            ScalingMethod method,
            double[][] logits,
            int[] labels,
            double offDiagonal,
            double intercept) {
        AffineFit fit = new AffineFit(method, logits, labels, offDiagonal, intercept);
        SoftmaxObjective free = fit.objective(RIDGE);
        double[] best = NewtonCg.minimise(free, fit.start);
        boolean bounded = free.isAllRight(best);
        if (bounded) {
            best = NewtonCg.minimise(fit.objective(0.5 / labels.length), fit.start);
        }
        return fit.scaling(fit.nearest(best), bounded);
    }

    /**
     * Of all numbers that give the same probabilities, those nearest to temperature scaling: as
     * logits sum up to 0, so may changes of rows and, as a softmax takes any constant, of columns.
     */
    private double[] nearest(double[] found) {
        double[] change = new double[found.length];
        Arrays.setAll(change, k -> found[k] - start[k]);
        int weights = method.weights(classes);
        if (intercept == 0) {
            centre(change, weights, 1);
        }
        for (int c = 0; c < classes && method == ScalingMethod.MATRIX && offDiagonal == 0; c++) {
            centre(change, c, classes);
        }
        for (int c = 0; c < classes && method == ScalingMethod.MATRIX && offDiagonal == 0; c++) {
            centre(change, c * classes, 1);
        }
        Arrays.setAll(change, k -> start[k] + change[k]);
        return change;
    }

    /** Subtracts the mean of as many numbers as there are classes, so far apart. */
    private void centre(double[] values, int from, int apart) {
        double mean = 0;
        for (int c = 0; c < classes; c++) {
            mean += values[from + c * apart] / classes;
        }
        for (int c = 0; c < classes; c++) {
            values[from + c * apart] -= mean;
        }
    }

    private SoftmaxObjective objective(double ridge) {
        double[] penalties = new double[start.length];
        int weights = method.weights(classes);
        for (int k = 0; k < start.length; k++) {
            penalties[k] = ridge;
            if (k >= weights) {
                penalties[k] += intercept / classes;
            } else if (method == ScalingMethod.MATRIX && k / classes != k % classes) {
                // stated for weights of the logits as they came
                penalties[k] += offDiagonal / (classes * (classes - 1.0)) / (scale * scale);
            }
        }
        return new SoftmaxObjective(
                logits, labels, method == ScalingMethod.MATRIX, penalties, start);
    }

    private Scaling scaling(double[] best, boolean bounded) {
        int weights = method.weights(classes);
        double[] found = Arrays.stream(best, 0, weights).map(v -> v / scale).toArray();
        double[] intercepts = Arrays.copyOfRange(best, weights, best.length);
        return new Scaling(method, classes, found, intercepts, bounded);
    }
}
