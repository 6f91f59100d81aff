/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

/**
 * How far numbers lie from what members predict, fitted on examples that were not trained on: the
 * variance that makes Gaussians of members that give points.
 *
 * <p>For each target it is the variance {@code s^2}, the same for all members and examples, of the
 * highest likelihood of the mixture, {@code prod_i 1/M sum_m N(y_i; mu_im, s^2)}. It is found by
 * expectation maximisation from the mean squared distance; for one member that is the mean squared
 * error.
 */
public final class GaussianNoise {

    private static final int MAX_STEPS = 100_000;

    private static final double PRECISION = 1e-12;

    private GaussianNoise() {}

    /**
     * Fits the noise of each target.
     *
     * @param validation predictions of points, with the right numbers, of examples that were not
     *     trained on
     * @return the variances, {@code [K]}, for {@link RegressionPredictions#withNoise}
     * @throws IllegalStateException if there are no targets
     * @throws IllegalArgumentException if members are Gaussians already, or members meet the right
     *     numbers exactly, so that no noise is left
     */
    public static double[] fit(RegressionPredictions validation) {
        if (validation.isGaussian()) {
            throw new IllegalArgumentException(
                    "these members say themselves how far off they may be: there is no noise to fit");
        }
        double[][] right = validation.getTargets();
        double[] variances = new double[validation.getWidth()];
        for (int k = 0; k < variances.length; k++) {
            double[][] squares = new double[right.length][validation.getMembers()];
            for (int i = 0; i < right.length; i++) {
                for (int m = 0; m < squares[i].length; m++) {
                    double error = right[i][k] - validation.outputs(i)[m][k];
                    squares[i][m] = error * error;
                }
            }
            variances[k] = fit(squares, k);
        }
        return variances;
    }

    /** Fits squared distances, {@code [N][M]}. */
    private static double fit(double[][] squares, int target) {
        double variance = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MAX_STEPS; step++) {
            double next = 0;
            for (double[] row : squares) {
                next += weighted(row, variance) / squares.length;
            }
            if (!(next > Double.MIN_NORMAL)) {
                throw new IllegalArgumentException(
                        ("No noise fits target %d: members meet the right numbers of the %d examples"
                                        + " exactly. Fit on examples that were not trained on")
                                .formatted(target, squares.length));
            }
            boolean converged = Math.abs(next - variance) <= PRECISION * next;
            variance = next;
            if (converged) {
                break;
            }
        }
        return variance;
    }

    /** The mean squared distance, members weighted by how likely the outcome is of them. */
    private static double weighted(double[] squares, double variance) {
        double least = Double.POSITIVE_INFINITY;
        for (double square : squares) {
            least = Math.min(least, square);
        }
        double weights = 0;
        double sum = 0;
        for (double square : squares) {
            double weight = Math.exp(-(square - least) / (2 * variance));
            weights += weight;
            sum += weight * square;
        }
        return sum / weights;
    }
}
