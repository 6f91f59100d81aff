/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;

/** What probabilities that come from outside must be, for scores of them to mean anything. */
final class Probabilities {

    /** How far from 1 a sum may be: of half precision, and of many classes. */
    private static final double TOLERANCE = 1e-3;

    private Probabilities() {}

    /**
     * Requires probabilities.
     *
     * @param row probabilities of classes, {@code [C]}
     * @return the same
     * @throws IllegalArgumentException if one is negative or {@code NaN}, or they do not sum up to
     *     1
     */
    static double[] require(double[] row) {
        if (!areProbabilities(row)) {
            throw invalid("", row);
        }
        return row;
    }

    /**
     * Requires rows of probabilities for the same classes.
     *
     * @param what what a row is of, such as "member"
     * @param rows the probabilities, {@code [...][C]}, at least one row
     * @return the same
     * @throws IllegalArgumentException if there is no row, or one of another length, or one with
     *     what is no probability
     */
    static double[][] require(String what, double[]... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException(
                    "no probabilities: there must be those of one %s at least".formatted(what));
        }
        for (int i = 0; i < rows.length; i++) {
            if (!areProbabilities(rows[i])) {
                throw invalid(" of %s %d".formatted(what, i), rows[i]);
            }
            if (rows[i].length != rows[0].length) {
                throw new IllegalArgumentException(
                        "the probabilities of %s %d are for %d classes, those before for %d"
                                .formatted(what, i, rows[i].length, rows[0].length));
            }
        }
        return rows;
    }

    /**
     * Requires that labels are classes.
     *
     * @param labels the labels
     * @param classes the number of classes
     * @throws IllegalArgumentException if one is not
     */
    static void requireClasses(int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label %d of example %d is not one of the %d classes (0 to %d)"
                                .formatted(labels[i], i, classes, classes - 1));
            }
        }
    }

    private static boolean areProbabilities(double[] row) {
        double sum = 0;
        boolean isValid = true;
        for (double p : row) {
            // written so that NaN fails
            isValid &= p >= 0;
            sum += p;
        }
        return isValid && Math.abs(sum - 1) <= TOLERANCE;
    }

    private static IllegalArgumentException invalid(String of, double[] row) {
        return new IllegalArgumentException(
                "the probabilities%s must be at least 0 and sum up to 1, but are %s: turn scores into probabilities by a softmax first"
                        .formatted(of, text(row)));
    }

    private static String text(double[] row) {
        return row.length <= 10
                ? Arrays.toString(row)
                : Arrays.toString(Arrays.copyOf(row, 10)).replace("]", ", ...]");
    }
}
