/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Confidence intervals of a mean by the bootstrap: values are drawn anew with replacement, many
 * times, and the interval is read off the means. What is drawn depends on the seed alone.
 *
 * <pre>{@code
 * Interval interval = Bootstrap.seeded(1).optLevel(0.9).getInterval(accuracies);
 * }</pre>
 *
 * <p>The intervals of a handful of values are too narrow: {@code n} values show only {@code sqrt((n
 * - 1) / n)} of their deviation when they are drawn from themselves, and their tails not at all.
 * Immutable.
 *
 * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani, An Introduction to the
 *     Bootstrap, chapters 13 and 14</a>
 */
public final class Bootstrap {

    /** How often values are drawn anew, unless it is set. */
    public static final int RESAMPLES = 10_000;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** How an interval is read off the means. */
    public enum Method {
        /** Between two quantiles of the means. */
        PERCENTILE,

        /**
         * Between quantiles that are moved for bias and for a deviation that grows with the mean
         * ("bias-corrected and accelerated").
         */
        BCA
    }

    private final long seed;
    private final int resamples;
    private final double level;
    private final Method method;

    private Bootstrap(long seed, int resamples, double level, Method method) {
        this.seed = seed;
        this.resamples = resamples;
        this.level = level;
        this.method = method;
    }

    /**
     * Creates a bootstrap of {@value #RESAMPLES} resamples and percentile intervals of 95 %.
     *
     * @param seed decides what is drawn
     * @return the bootstrap
     */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(seed, RESAMPLES, 0.95, Method.PERCENTILE);
    }

    /**
     * Sets how often values are drawn anew.
     *
     * @param resamples the number, at least 100
     * @return the new bootstrap
     * @throws IllegalArgumentException if it is less
     */
    public Bootstrap optResamples(int resamples) {
        if (resamples < 100) {
            throw new IllegalArgumentException(
                    "the number of resamples must be at least 100, but was " + resamples);
        }
        return new Bootstrap(seed, resamples, level, method);
    }

    /**
     * Sets the confidence level.
     *
     * @param level between 0 and 1
     * @return the new bootstrap
     * @throws IllegalArgumentException if it is not
     */
    public Bootstrap optLevel(double level) {
        requireLevel(level);
        return new Bootstrap(seed, resamples, level, method);
    }

    static void requireLevel(double level) {
        // written so that NaN fails
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "the confidence level must be between 0 and 1, but was " + level);
        }
    }

    /**
     * Sets how the interval is read off.
     *
     * @param method the method
     * @return the new bootstrap
     */
    public Bootstrap optMethod(Method method) {
        return new Bootstrap(seed, resamples, level, Objects.requireNonNull(method, "method"));
    }

    /**
     * Returns the confidence level.
     *
     * @return between 0 and 1
     */
    public double getLevel() {
        return level;
    }

    /** How often values are drawn anew. */
    int count() {
        return resamples;
    }

    /** A stream of random numbers, the same each time. */
    SplittableRandom random() {
        return new SplittableRandom(seed);
    }

    /**
     * Returns the interval of the mean.
     *
     * @param values the values, {@code [N]}
     * @return the interval; {@link Interval#isKnown unknown} for fewer than two values
     * @throws IllegalArgumentException if a value is NaN or infinite
     */
    public Interval getInterval(double... values) {
        Spread.requireFinite(values);
        if (values.length < 2) {
            return Interval.unknown(level);
        }
        double[] means = getMeans(values);
        Arrays.sort(means);
        double below = (1 - level) / 2;
        if (method == Method.BCA) {
            return adjusted(means, values, below);
        }
        return new Interval(quantile(means, below), quantile(means, 1 - below), level);
    }

    /** The means of values that are drawn anew, in the order in which they were drawn. */
    double[] getMeans(double[] values) {
        SplittableRandom random = random();
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[r] = sum / values.length;
        }
        return means;
    }

    private Interval adjusted(double[] means, double[] values, double below) {
        double mean = Spread.mean(values);
        // ties count half, as where few values give few different means
        double lower = Arrays.stream(means).filter(m -> m < mean).count();
        double tied = Arrays.stream(means).filter(m -> m == mean).count();
        double bias = NORMAL.inverseCumulativeProbability((lower + tied / 2) / means.length);
        double acceleration = acceleration(values, mean);
        return new Interval(
                quantile(means, moved(bias, acceleration, below)),
                quantile(means, moved(bias, acceleration, 1 - below)),
                level);
    }

    /** A sixth of the skewness of the means that leave one value out. */
    static double acceleration(double[] values, double mean) {
        double squares = 0;
        double cubes = 0;
        for (double value : values) {
            // the mean without the value lies on the other side, by the same factor for all
            double influence = value - mean;
            squares += influence * influence;
            cubes += influence * influence * influence;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    static double moved(double bias, double acceleration, double probability) {
        double z = bias + NORMAL.inverseCumulativeProbability(probability);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    /** The quantile between the two nearest of sorted values, as numpy's by default. */
    static double quantile(double[] sorted, double probability) {
        double place = probability * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Says how the intervals were made. */
    @Override
    public String toString() {
        return "%s bootstrap, %d resamples, seed %d"
                .formatted(
                        method == Method.BCA ? "bias-corrected and accelerated" : "percentile",
                        resamples,
                        seed);
    }
}
