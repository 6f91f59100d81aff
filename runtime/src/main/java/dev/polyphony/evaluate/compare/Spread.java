/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What several values of one number come to: those of seeds, or those of examples.
 *
 * @param values the values, in the order of seeds
 * @param mean their mean
 * @param deviation their standard deviation, divided by {@code n - 1}; NaN for one value
 * @param bootstrap the mean's interval by the bootstrap, which assumes no distribution and is too
 *     narrow for a handful of values
 * @param student the mean's interval by Student's t, which is right for a handful of values that
 *     are normally distributed
 */
public record Spread(
        List<Double> values, double mean, double deviation, Interval bootstrap, Interval student) {

    /** Copies the values. */
    public Spread {
        values = List.copyOf(values);
    }

    /**
     * Computes the spread.
     *
     * @param values the values, {@code [N]}, at least one
     * @param bootstrap makes the interval, and says of which level
     * @return the spread
     * @throws IllegalArgumentException if there are no values, or one is NaN or infinite
     */
    public static Spread of(double[] values, Bootstrap bootstrap) {
        requireFinite(values);
        return new Spread(
                Arrays.stream(values).boxed().toList(),
                mean(values),
                deviation(values),
                bootstrap.getInterval(values),
                student(values, bootstrap.getLevel()));
    }

    /**
     * Computes what the values of examples say of the one number that is their mean.
     *
     * @param examples a value for each example, {@code [N]}
     * @param bootstrap draws the examples, and says of which level the intervals are
     * @return the spread of one value, its mean, with intervals over examples
     * @throws IllegalArgumentException if there are no values, or one is NaN or infinite
     */
    public static Spread ofExamples(double[] examples, Bootstrap bootstrap) {
        requireFinite(examples);
        double mean = mean(examples);
        return new Spread(
                List.of(mean),
                mean,
                Double.NaN,
                bootstrap.getInterval(examples),
                student(examples, bootstrap.getLevel()));
    }

    static void requireFinite(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there are no values: give at least one");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "value %d is %s: leave out what has no value".formatted(i, values[i]));
            }
        }
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    static double deviation(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    private static Interval student(double[] values, double level) {
        if (values.length < 2) {
            return Interval.unknown(level);
        }
        double width =
                TDistribution.of(values.length - 1.0).inverseSurvivalProbability((1 - level) / 2)
                        * deviation(values)
                        / Math.sqrt(values.length);
        double mean = mean(values);
        return new Interval(mean - width, mean + width, level);
    }
}
