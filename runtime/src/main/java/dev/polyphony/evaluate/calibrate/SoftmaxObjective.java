/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import java.util.Arrays;

/**
 * The mean negative log likelihood of {@code softmax(W z + b)} by all numbers of {@code W} and
 * {@code b}, plus a square penalty on each number's deviation from a reference: convex, and
 * strictly so if all penalties are above 0.
 */
final class SoftmaxObjective {

    private final double[][] logits;
    private final int[] labels;
    private final boolean full;
    private final double[] penalties;
    private final double[] reference;
    private final int classes;
    private final int weights;
    private final double[][] probabilities;

    /**
     * Takes data and penalties.
     *
     * @param logits {@code [N][C]}
     * @param labels {@code [N]}
     * @param full whether {@code W} is a matrix or a diagonal
     * @param penalties of each number, weights before intercepts
     * @param reference from which deviations count
     */
    SoftmaxObjective(
            double[][] logits, int[] labels, boolean full, double[] penalties, double[] reference) {
        this.logits = logits;
        this.labels = labels;
        this.full = full;
        this.penalties = penalties;
        this.reference = reference;
        classes = logits[0].length;
        weights = penalties.length - classes;
        probabilities = new double[logits.length][classes];
    }

    int size() {
        return penalties.length;
    }

    /** Whether every right class is the only highest one. */
    boolean isAllRight(double[] at) {
        double[] scaled = new double[classes];
        for (int i = 0; i < logits.length; i++) {
            scale(at, logits[i], scaled);
            for (int c = 0; c < classes; c++) {
                if (c != labels[i] && scaled[c] >= scaled[labels[i]]) {
                    return false;
                }
            }
        }
        return true;
    }

    private void scale(double[] at, double[] z, double[] scaled) {
        for (int c = 0; c < classes; c++) {
            double sum = at[weights + c];
            if (full) {
                for (int k = 0; k < classes; k++) {
                    sum += at[c * classes + k] * z[k];
                }
            } else {
                sum += at[c] * z[c];
            }
            scaled[c] = sum;
        }
    }

    /** The value at a point; fills in the gradient, and remembers the point for {@link #times}. */
    double value(double[] at, double[] gradient) {
        double sum = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i < logits.length; i++) {
            double[] p = probabilities[i];
            scale(at, logits[i], p);
            double right = p[labels[i]];
            double high = Double.NEGATIVE_INFINITY;
            for (double value : p) {
                high = Math.max(high, value);
            }
            double total = 0;
            for (int c = 0; c < classes; c++) {
                p[c] = Math.exp(p[c] - high);
                total += p[c];
            }
            for (int c = 0; c < classes; c++) {
                p[c] /= total;
            }
            sum += high + Math.log(total) - right;
            for (int c = 0; c < classes; c++) {
                addOuter(gradient, c, p[c] - (c == labels[i] ? 1 : 0), logits[i]);
            }
        }
        double value = sum / logits.length;
        for (int k = 0; k < gradient.length; k++) {
            double deviation = at[k] - reference[k];
            value += penalties[k] * deviation * deviation;
            gradient[k] = gradient[k] / logits.length + 2 * penalties[k] * deviation;
        }
        return value;
    }

    /** Adds {@code factor z} to the weights of a class, and {@code factor} to its intercept. */
    private void addOuter(double[] to, int c, double factor, double[] z) {
        to[weights + c] += factor;
        if (full) {
            for (int k = 0; k < classes; k++) {
                to[c * classes + k] += factor * z[k];
            }
        } else {
            to[c] += factor * z[c];
        }
    }

    /** The second derivatives at the last point, times a direction. */
    double[] times(double[] direction) {
        double[] product = new double[direction.length];
        double[] change = new double[classes];
        for (int i = 0; i < logits.length; i++) {
            double[] p = probabilities[i];
            scale(direction, logits[i], change);
            double mean = 0;
            for (int c = 0; c < classes; c++) {
                mean += p[c] * change[c];
            }
            for (int c = 0; c < classes; c++) {
                addOuter(product, c, p[c] * (change[c] - mean), logits[i]);
            }
        }
        for (int k = 0; k < product.length; k++) {
            product[k] = product[k] / logits.length + 2 * penalties[k] * direction[k];
        }
        return product;
    }

    /** The second derivative by each number alone, at the last point. */
    double[] diagonal() {
        double[] diagonal = new double[penalties.length];
        double[] squares = new double[classes];
        for (int i = 0; i < logits.length; i++) {
            double[] z = logits[i];
            Arrays.setAll(squares, c -> z[c] * z[c]);
            for (int c = 0; c < classes; c++) {
                double p = probabilities[i][c];
                addOuter(diagonal, c, p * (1 - p), squares);
            }
        }
        for (int k = 0; k < diagonal.length; k++) {
            diagonal[k] = diagonal[k] / logits.length + 2 * penalties[k];
        }
        return diagonal;
    }
}
