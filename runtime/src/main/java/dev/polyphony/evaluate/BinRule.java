/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * Which of {@code n} equal-width bins on [0, 1] a confidence falls into: implementations differ,
 * and on networks that are often completely sure the calibration error differs with them.
 */
public enum BinRule {
    /**
     * {@code min(floor(confidence * n), n - 1)}: bins {@code [lo, hi)}, the last one closed. No
     * confidence is lost, and this is what we report.
     */
    LAST_CLOSED,

    /** Bins {@code [lo, hi)}; a confidence of exactly 1 is left out, as many notebooks do. */
    HALF_OPEN,

    /**
     * Bins {@code [lo, hi)}; a confidence of exactly 1 has a bin of its own, as in torchmetrics.
     */
    OWN_BIN_FOR_ONE,

    /** Bins {@code (lo, hi]}, as in Guo et al., 2017. */
    RIGHT_CLOSED;

    /** A confidence that is in no bin. */
    static final int NONE = -1;

    int bin(double confidence, int bins) {
        int floor = (int) Math.floor(confidence * bins);
        return switch (this) {
            case LAST_CLOSED -> Math.min(floor, bins - 1);
            case HALF_OPEN -> floor < bins ? floor : NONE;
            case OWN_BIN_FOR_ONE -> floor;
            case RIGHT_CLOSED -> (int) Math.ceil(confidence * bins) - 1;
        };
    }

    int count(int bins) {
        return this == OWN_BIN_FOR_ONE ? bins + 1 : bins;
    }
}
