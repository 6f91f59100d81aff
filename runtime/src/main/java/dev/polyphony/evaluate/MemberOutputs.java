/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/** Checks and shapes what members give where there is no class to choose. */
final class MemberOutputs {

    private MemberOutputs() {}

    /** Numbers {@code [N, M, K]} in row-major order, as rows. */
    static double[][][] rows(float[] outputs, int members, int width) {
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

    /** Targets {@code [N, K]} in row-major order, as rows; null for none. */
    static double[][] targets(float[] targets, int examples, int width) {
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
            rows[at / width][at % width] = targets[at];
        }
        return rows;
    }

    static double[][] required(double[][] targets) {
        if (targets == null) {
            throw new IllegalStateException(
                    "these predictions have no targets: scores against the right answer need them");
        }
        return targets;
    }
}
