/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * A mixture of Gaussians of equal weight: what an ensemble predicts whose members give a mean and a
 * variance each.
 */
public final class GaussianMixture implements PredictiveDistribution {

    private static final double LOG_2_PI = Math.log(2 * Math.PI);
    private static final int MAX_STEPS = 200;

    private final double[] means;
    private final double[] deviations;

    private GaussianMixture(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * Makes a mixture.
     *
     * @param means the means of the parts, {@code [M]}, at least one
     * @param variances their variances, {@code [M]}, above 0
     * @return the mixture
     * @throws IllegalArgumentException if there is no part, not one variance for each, a mean is
     *     not finite, or a variance is not positive and finite
     */
    public static GaussianMixture of(double[] means, double[] variances) {
        if (means.length == 0 || means.length != variances.length) {
            throw new IllegalArgumentException(
                    "%d means and %d variances: give one of either for each member, at least one"
                            .formatted(means.length, variances.length));
        }
        for (int m = 0; m < means.length; m++) {
            // written so that NaN fails
            if (!Double.isFinite(means[m]) || !(variances[m] > 0 && variances[m] < 1 / 0.0)) {
                throw new IllegalArgumentException(
                        "member %d has mean %s and variance %s: both must be finite, the variance above 0"
                                .formatted(m, means[m], variances[m]));
            }
        }
        return new GaussianMixture(
                means.clone(), Arrays.stream(variances).map(Math::sqrt).toArray());
    }

    /** {@inheritDoc} */
    @Override
    public double getMean() {
        return Arrays.stream(means).sum() / means.length;
    }

    /**
     * Returns the variance: that of the parts on average, and that of their means.
     *
     * @return the variance
     */
    public double getVariance() {
        double mean = getMean();
        double sum = 0;
        for (int m = 0; m < means.length; m++) {
            double shift = means[m] - mean;
            sum += deviations[m] * deviations[m] + shift * shift;
        }
        return sum / means.length;
    }

    /** {@inheritDoc} */
    @Override
    public double getLogDensity(double value) {
        double[] logs = new double[means.length];
        double max = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < logs.length; m++) {
            double z = (value - means[m]) / deviations[m];
            logs[m] = -0.5 * (z * z + LOG_2_PI) - Math.log(deviations[m]);
            max = Math.max(max, logs[m]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - max);
        }
        return max + Math.log(sum / logs.length);
    }

    /**
     * Returns the share of the distribution at or below a number.
     *
     * @param value the number
     * @return the share, from 0 to 1
     */
    public double getShareBelow(double value) {
        double sum = 0;
        for (int m = 0; m < means.length; m++) {
            sum += below((value - means[m]) / deviations[m]);
        }
        return sum / means.length;
    }

    /** The standard normal distribution function. */
    private static double below(double z) {
        return Erfc.value(-z / Math.sqrt(2)) / 2;
    }

    private static double density(double z) {
        return Math.exp(-0.5 * (z * z + LOG_2_PI));
    }

    /** {@inheritDoc} */
    @Override
    public double getQuantile(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the quantile of a share of %s: it must be above 0 and below 1"
                            .formatted(share));
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < means.length; m++) {
            low = Math.min(low, means[m] - 40 * deviations[m]);
            high = Math.max(high, means[m] + 40 * deviations[m]);
        }
        double at = getMean();
        for (int step = 0; step < MAX_STEPS; step++) {
            double excess = getShareBelow(at) - share;
            if (excess > 0) {
                high = at;
            } else {
                low = at;
            }
            // Newton's step, if it stays in the bracket
            double next = at - excess / slope(at);
            if (!(next > low && next < high)) {
                next = low + (high - low) / 2;
            }
            if (Math.abs(next - at) <= 1e-15 * Math.max(Math.abs(at), high - low)) {
                break;
            }
            at = next;
        }
        return at;
    }

    private double slope(double value) {
        double sum = 0;
        for (int m = 0; m < means.length; m++) {
            sum += density((value - means[m]) / deviations[m]) / deviations[m];
        }
        return sum / means.length;
    }

    /**
     * {@inheritDoc}
     *
     * <p>In closed form: {@code 1/M sum_m A(y - mu_m, s_m^2) - 1/(2 M^2) sum_mn A(mu_m - mu_n,
     * s_m^2 + s_n^2)} with {@code A(d, s^2) = 2 s phi(d/s) + d (2 Phi(d/s) - 1)}, the mean distance
     * of a Gaussian from a point.
     *
     * @see <a href="https://doi.org/10.1256/qj.05.235">Grimit et al., The continuous ranked
     *     probability score for circular variables and its application to mesoscale forecast
     *     ensemble verification, 2006</a>
     */
    @Override
    public double getCrps(double outcome) {
        int members = means.length;
        double near = 0;
        double apart = 0;
        for (int m = 0; m < members; m++) {
            near += distance(outcome - means[m], deviations[m]);
            for (int n = 0; n < members; n++) {
                apart += distance(means[m] - means[n], Math.hypot(deviations[m], deviations[n]));
            }
        }
        return near / members - apart / (2.0 * members * members);
    }

    private static double distance(double shift, double deviation) {
        double z = shift / deviation;
        return 2 * deviation * density(z) + shift * (2 * below(z) - 1);
    }
}
