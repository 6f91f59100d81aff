/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import java.util.Arrays;

/**
 * Newton's method with steps by conjugate gradients, which needs no matrix of second derivatives:
 * with a hundred classes that would be one of a hundred million numbers.
 *
 * @see <a href="https://doi.org/10.1007/978-0-387-40065-5">Nocedal and Wright, Numerical
 *     Optimization, 2006, algorithm 7.1</a>
 */
final class NewtonCg {

    private static final int MAX_STEPS = 200;
    private static final int MAX_HALVINGS = 50;

    /** How small the largest derivative becomes. */
    private static final double PRECISION = 1e-12;

    /** What the last steps leave of the gradient; less would be lost in rounding. */
    private static final double CARE = 1e-4;

    /** What a step must gain, as a share of what its slope promises. */
    private static final double SUFFICIENT = 1e-4;

    /** By how much rounding may make values of functions differ. */
    private static final double ROUNDING = 1e-14;

    private NewtonCg() {}

    /** The lowest point, from a start. */
    static double[] minimise(SoftmaxObjective objective, double[] start) {
        double[] at = start.clone();
        double[] gradient = new double[at.length];
        double value = objective.value(at, gradient);
        double first = norm(gradient);
        for (int n = 0; n < MAX_STEPS && norm(gradient) > PRECISION; n++) {
            // early steps need little care
            double share = Math.min(0.1, Math.max(CARE, norm(gradient) / first));
            double[] step = direction(objective, gradient, share * norm(gradient));
            double slope = dot(gradient, step);
            double length = 1;
            double[] next = null;
            double[] nextGradient = new double[at.length];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int h = 0; h < MAX_HALVINGS; h++) {
                next = at.clone();
                add(next, length, step);
                nextValue = objective.value(next, nextGradient);
                // close to the end, values are alike but for rounding
                double allowed = SUFFICIENT * length * slope + ROUNDING * (1 + value);
                if (nextValue - value <= allowed) {
                    break;
                }
                length /= 2;
            }
            boolean gains = nextValue < value || norm(nextGradient) < norm(gradient);
            if (!gains) {
                break;
            }
            at = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return at;
    }

    /** Solves for Newton's step, until what is left is as small as asked for. */
    private static double[] direction(
            SoftmaxObjective objective, double[] gradient, double tolerance) {
        double[] diagonal = objective.diagonal();
        double[] step = new double[gradient.length];
        double[] left = Arrays.stream(gradient).map(g -> -g).toArray();
        double[] scaled = divide(left, diagonal);
        double[] along = scaled.clone();
        double product = dot(left, scaled);
        for (int n = 0; n < 10 * gradient.length && norm(left) > tolerance; n++) {
            double[] curved = objective.times(along);
            double curvature = dot(along, curved);
            if (!(curvature > 0)) {
                break;
            }
            double length = product / curvature;
            add(step, length, along);
            add(left, -length, curved);
            scaled = divide(left, diagonal);
            double nextProduct = dot(left, scaled);
            double keep = nextProduct / product;
            double[] fresh = scaled;
            double[] old = along;
            along = new double[old.length];
            Arrays.setAll(along, k -> fresh[k] + keep * old[k]);
            product = nextProduct;
        }
        return step;
    }

    private static double[] divide(double[] values, double[] by) {
        double[] divided = new double[values.length];
        Arrays.setAll(divided, k -> values[k] / by[k]);
        return divided;
    }

    private static void add(double[] to, double factor, double[] values) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * values[k];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double norm(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }
}
