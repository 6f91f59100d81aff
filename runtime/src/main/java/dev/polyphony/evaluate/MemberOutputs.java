/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;

/** Checks and shapes what members give where there is no class to choose. */
public final class MemberOutputs {

    private MemberOutputs() {}

    /**
     * Shapes numbers as rows.
     *
     * @param outputs the numbers, {@code [N, M, K]} in row-major order
     * @param members the number of members {@code M}, at least 1
     * @param width the numbers of an example {@code K}, at least 1
     * @return the same, {@code [N][M][K]}
     * @throws IllegalArgumentException if there is no example, the length does not fit, or a number
     *     is NaN or infinite
     */
    public static double[][][] rows(float[] outputs, int members, int width) {
        if (members < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "%d members and %d outputs: at least 1 of each are needed"
                            .formatted(members, width));
        }
        int row = members * width;
        if (outputs.length == 0 || outputs.length % row != 0) {
            throw new IllegalArgumentException(
                    "%d outputs cannot be [N, %d members, %d]: give a positive multiple of %d"
                            .formatted(outputs.length, members, width, row));
        }
        double[][][] rows = new double[outputs.length / row][members][width];
        for (int at = 0; at < outputs.length; at++) {
            int example = at / row;
            int member = at % row / width;
            if (!Float.isFinite(outputs[at])) {
                throw new IllegalArgumentException(
                        "output %d of example %d, member %d is %s: training has diverged, or the input holds such values"
                                .formatted(at % width, example, member, outputs[at]));
            }
            rows[example][member][at % width] = outputs[at];
        }
        return rows;
    }

    /**
     * Shapes right answers as rows.
     *
     * @param targets the right answers, {@code [N, K]} in row-major order; null for none
     * @param examples the number of examples {@code N}
     * @param width the numbers of an example {@code K}
     * @return the same, {@code [N][K]}; null for none
     * @throws IllegalArgumentException if the length does not fit, or a number is NaN or infinite
     */
    public static double[][] targets(float[] targets, int examples, int width) {
        if (targets == null) {
            return null;
        }
        if (targets.length != examples * width) {
            throw new IllegalArgumentException(
                    "%d targets for %d examples with %d each: give one for each output"
                            .formatted(targets.length, examples, width));
        }
        double[][] rows = new double[examples][width];
        for (int at = 0; at < targets.length; at++) {
            if (!Float.isFinite(targets[at])) {
                throw new IllegalArgumentException(
                        "target %d of example %d is %s"
                                .formatted(at % width, at / width, targets[at]));
            }
            rows[at / width][at % width] = targets[at];
        }
        return rows;
    }

    /**
     * Requires right answers.
     *
     * @param targets the right answers, or null for none
     * @return the same
     * @throws IllegalStateException if there are none
     */
    public static double[][] required(double[][] targets) {
        if (targets == null) {
            throw new IllegalStateException(
                    "these predictions have no targets: scores against the right answer need them");
        }
        return targets;
    }

    /**
     * Copies rows.
     *
     * @param rows the rows
     * @return a copy of all
     */
    public static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
