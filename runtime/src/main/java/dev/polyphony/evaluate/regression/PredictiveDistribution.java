/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

/** What is predicted of one number. */
public sealed interface PredictiveDistribution permits GaussianMixture, PointMixture {

    /**
     * Returns the mean, which is the prediction.
     *
     * @return the mean
     */
    double getMean();

    /**
     * Returns the logarithm of the density.
     *
     * @param value where
     * @return the log density in nats; NaN for a distribution of points, which has none
     */
    double getLogDensity(double value);

    /**
     * Returns the number below which a share of the distribution lies.
     *
     * @param share the share, above 0 and below 1
     * @return the quantile
     */
    double getQuantile(double share);

    /**
     * Returns the continuous ranked probability score of an outcome, {@code integral (F(t) - [t >=
     * y])^2 dt = E|X - y| - E|X - X'| / 2}, in the unit of the numbers. From 0 up, lower is better;
     * a strictly proper score; the absolute error for a single point.
     *
     * @param outcome what came, {@code y}
     * @return the score
     * @see <a href="https://doi.org/10.1198/016214506000001437">Gneiting and Raftery, Strictly
     *     Proper Scoring Rules, Prediction, and Estimation, 2007, section 4.2</a>
     */
    double getCrps(double outcome);

    /**
     * Returns the central interval that holds a share of the distribution: what is left out lies
     * below and above it in equal parts.
     *
     * @param share the share, above 0 and below 1
     * @return the interval
     */
    default Interval getInterval(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "an interval of a share of %s: it must be above 0 and below 1"
                            .formatted(share));
        }
        return new Interval(getQuantile((1 - share) / 2), getQuantile((1 + share) / 2));
    }

    /**
     * An interval of numbers, ends included.
     *
     * @param from the lower end
     * @param to the upper end
     */
    record Interval(double from, double to) {

        /**
         * Tells whether a number lies in the interval.
         *
         * @param value the number
         * @return whether it does
         */
        public boolean contains(double value) {
            return value >= from && value <= to;
        }

        /**
         * Returns the width.
         *
         * @return {@code to - from}
         */
        public double getWidth() {
            return to - from;
        }
    }
}
