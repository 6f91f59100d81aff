/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import java.util.Arrays;

/**
 * A few points of equal weight: what an ensemble predicts whose members give a number each, and do
 * not say how far it may be off.
 *
 * <p>Its intervals show how far members lie apart, not how noisy the numbers are: with few members
 * they are too narrow, and for one member nothing but its number.
 */
public final class PointMixture implements PredictiveDistribution {

    private final double[] points;

    private PointMixture(double[] points) {
        this.points = points;
    }

    /**
     * Makes a mixture.
     *
     * @param points the points, {@code [M]}, at least one, finite
     * @return the mixture
     * @throws IllegalArgumentException if there is no point, or one is not finite
     */
    public static PointMixture of(double... points) {
        if (points.length == 0 || !Arrays.stream(points).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "%s: give at least one point, and finite ones"
                            .formatted(Arrays.toString(points)));
        }
        double[] sorted = points.clone();
        Arrays.sort(sorted);
        return new PointMixture(sorted);
    }

    /** {@inheritDoc} */
    @Override
    public double getMean() {
        return Arrays.stream(points).sum() / points.length;
    }

    /** {@inheritDoc} */
    @Override
    public double getLogDensity(double value) {
        return Double.NaN;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Linear between the points in ascending order, the first at a share of 0 and the last at 1
     * (definition 7 of Hyndman and Fan, the default of NumPy and R).
     */
    @Override
    public double getQuantile(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the quantile of a share of %s: it must be above 0 and below 1"
                            .formatted(share));
        }
        double place = share * (points.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, points.length - 1);
        return points[below] + (place - below) * (points[above] - points[below]);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Exactly {@code 1/M sum_m |x_m - y| - 1/(2 M^2) sum_mn |x_m - x_n|}.
     */
    @Override
    public double getCrps(double outcome) {
        int members = points.length;
        double near = 0;
        double apart = 0;
        for (int m = 0; m < members; m++) {
            near += Math.abs(points[m] - outcome);
            // in ascending order the m-th is added m times and taken away M - 1 - m times
            apart += (2.0 * m + 1 - members) * points[m];
        }
        return Math.max(0, near / members - apart / ((double) members * members));
    }
}
