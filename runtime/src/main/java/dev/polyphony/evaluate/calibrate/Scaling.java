/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A linear map of logits that a {@link Calibrator} found. It is applied to logits less their mean
 * over classes, {@code z' = z - mean(z)}, so that it depends on probabilities alone: {@code z / T},
 * {@code w * z' + b}, or {@code W z' + b}. A softmax makes probabilities of the result.
 */
public final class Scaling implements UnaryOperator<double[]> {

    private final ScalingMethod method;
    private final int classes;
    private final double[] weights;
    private final double[] intercepts;
    private final boolean bounded;

    /**
     * Takes the numbers of a scaling.
     *
     * @param method the method
     * @param classes the number of classes {@code C}
     * @param weights {@code [1]}, the inverse of the temperature; or {@code [C]}; or {@code [C, C]}
     *     in row-major order, a row for each result
     * @param intercepts {@code [C]}; empty for temperature scaling
     * @param bounded whether a better fit always lay farther out, see {@link #isBounded()}
     * @throws IllegalArgumentException if a number of numbers does not fit, one is not finite, or
     *     the inverse of a temperature is not above 0
     */
    Scaling(
            ScalingMethod method,
            int classes,
            double[] weights,
            double[] intercepts,
            boolean bounded) {
        if (classes < 2
                || weights.length != method.weights(classes)
                || intercepts.length != method.intercepts(classes)) {
            throw new IllegalArgumentException(
                    "%d weights and %d intercepts are no %s scaling of %d classes"
                            .formatted(
                                    weights.length, intercepts.length, method.getKey(), classes));
        }
        boolean isFinite =
                Arrays.stream(weights).allMatch(Double::isFinite)
                        && Arrays.stream(intercepts).allMatch(Double::isFinite);
        if (!isFinite || method == ScalingMethod.TEMPERATURE && weights[0] <= 0) {
            throw new IllegalArgumentException(
                    "Weights %s and intercepts %s: they must be finite, and a temperature above 0"
                            .formatted(Arrays.toString(weights), Arrays.toString(intercepts)));
        }
        this.method = method;
        this.classes = classes;
        this.weights = weights.clone();
        this.intercepts = intercepts.clone();
        this.bounded = bounded;
    }

    /**
     * Returns the division by a temperature.
     *
     * @param temperature the temperature, above 0; above 1 makes less sure
     * @param classes the number of classes
     * @return the scaling
     * @throws IllegalArgumentException if the temperature is not a positive number
     */
    public static Scaling ofTemperature(double temperature, int classes) {
        return new Scaling(
                ScalingMethod.TEMPERATURE,
                classes,
                new double[] {1 / temperature},
                new double[0],
                false);
    }

    /**
     * Returns the method.
     *
     * @return the method
     */
    public ScalingMethod getMethod() {
        return method;
    }

    /**
     * Returns the number of classes.
     *
     * @return {@code C}
     */
    public int getClasses() {
        return classes;
    }

    /**
     * Returns the weights.
     *
     * @return a copy: {@code [1]}, the inverse of the temperature; {@code [C]}; or {@code [C, C]}
     *     in row-major order
     */
    public double[] getWeights() {
        return weights.clone();
    }

    /**
     * Returns the intercepts.
     *
     * @return a copy, {@code [C]}; empty for temperature scaling
     */
    public double[] getIntercepts() {
        return intercepts.clone();
    }

    /**
     * Returns the temperature.
     *
     * @return the temperature; above 1, logits were too sure
     * @throws IllegalStateException if this is another method
     */
    public double getTemperature() {
        if (method != ScalingMethod.TEMPERATURE) {
            throw new IllegalStateException(
                    "A %s scaling has no temperature".formatted(method.getKey()));
        }
        return 1 / weights[0];
    }

    /**
     * Tells whether the fit had to be held back: all validation examples came out right, so that
     * the likelihood grew for ever with the size of the weights. The weights are then those that a
     * standard normal prior makes most probable, and say little: there were too few examples.
     *
     * @return whether the weights are bounded by the prior
     */
    public boolean isBounded() {
        return bounded;
    }

    /**
     * Scales the logits of an example.
     *
     * @param logits raw scores or log probabilities, {@code [C]}, left as they are
     * @return the scaled logits, {@code [C]}
     * @throws IllegalArgumentException if there is not one for each class
     */
    @Override
    public double[] apply(double[] logits) {
        if (logits.length != classes) {
            throw new IllegalArgumentException(
                    "%d logits for a scaling of %d classes".formatted(logits.length, classes));
        }
        double[] scaled = new double[classes];
        if (method == ScalingMethod.TEMPERATURE) {
            Arrays.setAll(scaled, c -> weights[0] * logits[c]);
            return scaled;
        }
        double[] centred = centred(logits);
        for (int c = 0; c < classes; c++) {
            scaled[c] = intercepts[c];
            if (method == ScalingMethod.VECTOR) {
                scaled[c] += weights[c] * centred[c];
            } else {
                for (int k = 0; k < classes; k++) {
                    scaled[c] += weights[c * classes + k] * centred[k];
                }
            }
        }
        return scaled;
    }

    /** The logits less their mean. */
    static double[] centred(double[] logits) {
        double mean = 0;
        for (double value : logits) {
            mean += value / logits.length;
        }
        double[] centred = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            centred[c] = logits[c] - mean;
        }
        return centred;
    }

    /** Whether the other has the same numbers. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Scaling that
                && method == that.method
                && classes == that.classes
                && bounded == that.bounded
                && Arrays.equals(weights, that.weights)
                && Arrays.equals(intercepts, that.intercepts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Arrays.hashCode(intercepts);
    }

    /** Returns the scaling in words. */
    @Override
    public String toString() {
        String numbers =
                method == ScalingMethod.TEMPERATURE
                        ? "T = %.4g".formatted(getTemperature())
                        : "%d numbers".formatted(weights.length + intercepts.length);
        return method.getKey() + ", " + numbers + (bounded ? ", bounded" : "");
    }
}
