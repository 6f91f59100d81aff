/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import dev.polyphony.evaluate.Metric;

/**
 * Which rows are worth their price: no other is as good and as cheap, and better in one of them.
 */
public final class ParetoFront {

    private ParetoFront() {}

    /**
     * Finds the rows on the front. Of rows that are equal in both numbers, all are on it, or none.
     *
     * @param quality the metric of the first numbers, which says what better is
     * @param qualities a value for each row; NaN for none
     * @param cost the metric of the second numbers
     * @param costs a value for each row; NaN for none
     * @return for each row whether it is on the front; a row without a value is not
     * @throws IllegalArgumentException if there are not as many, or a metric has no better
     */
    public static boolean[] of(Metric quality, double[] qualities, Metric cost, double[] costs) {
        if (qualities.length != costs.length) {
            throw new IllegalArgumentException(
                    "%d qualities and %d costs: give one of each for each row"
                            .formatted(qualities.length, costs.length));
        }
        boolean[] front = new boolean[costs.length];
        for (int i = 0; i < front.length; i++) {
            double q = losses(quality, qualities[i]);
            double c = losses(cost, costs[i]);
            front[i] = !Double.isNaN(q) && !Double.isNaN(c);
            for (int j = 0; j < front.length; j++) {
                double otherQ = losses(quality, qualities[j]);
                double otherC = losses(cost, costs[j]);
                front[i] &= !(otherQ <= q && otherC <= c && (otherQ < q || otherC < c));
            }
        }
        return front;
    }

    /** What is lower the better it is. */
    private static double losses(Metric metric, double value) {
        return switch (metric.better()) {
            case LOWER -> value;
            case HIGHER -> -value;
            case NEITHER ->
                    throw new IllegalArgumentException(
                            "'%s' is neither good nor bad: choose a metric that is"
                                    .formatted(metric.title()));
        };
    }
}
