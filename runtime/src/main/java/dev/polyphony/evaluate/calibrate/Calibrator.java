/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

/**
 * A way to calibrate a classifier: fitted on examples that were not trained on, it gives a {@link
 * Scaling} of logits that makes probabilities come true.
 *
 * <p>It must not be fitted on the examples that the model is then judged by: it would be judged by
 * what it was told.
 */
public interface Calibrator {

    /**
     * Returns the way to scale.
     *
     * @return the method
     */
    ScalingMethod getMethod();

    /**
     * Fits the scaling that makes the right classes most likely.
     *
     * @param logits raw scores or log probabilities, {@code [N][C]}
     * @param labels the right class of each example, {@code [N]}
     * @return the scaling
     * @throws IllegalArgumentException if there are no examples, a length does not fit, a logit is
     *     NaN or infinite, a label is no class, or no scaling of this kind makes sense for these
     *     examples
     */
    Scaling fit(double[][] logits, int[] labels);

    /**
     * Returns temperature scaling: one number for all classes.
     *
     * @return the calibrator
     */
    static Calibrator temperature() {
        return new TemperatureScaling();
    }

    /**
     * Returns vector scaling: a factor and an intercept for each class.
     *
     * @return the calibrator
     */
    static Calibrator vector() {
        return new VectorScaling();
    }

    /**
     * Returns matrix scaling with {@value MatrixScaling#DEFAULT_PENALTY} for both penalties.
     *
     * @return the calibrator
     */
    static Calibrator matrix() {
        return matrix(MatrixScaling.DEFAULT_PENALTY, MatrixScaling.DEFAULT_PENALTY);
    }

    /**
     * Returns matrix scaling: a matrix and an intercept for each class.
     *
     * @param offDiagonal what the mean square of the numbers off the diagonal counts, at least 0
     * @param intercept what the mean square of the intercepts counts, at least 0
     * @return the calibrator
     * @throws IllegalArgumentException if a penalty is negative or not finite
     */
    static Calibrator matrix(double offDiagonal, double intercept) {
        return new MatrixScaling(offDiagonal, intercept);
    }

    /**
     * Returns the calibrator of a method, with the method's defaults.
     *
     * @param method the method
     * @return the calibrator
     */
    static Calibrator of(ScalingMethod method) {
        return switch (method) {
            case TEMPERATURE -> temperature();
            case VECTOR -> vector();
            case MATRIX -> matrix();
        };
    }
}
