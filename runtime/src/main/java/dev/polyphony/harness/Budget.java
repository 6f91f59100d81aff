/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

/**
 * What a comparison makes equal. Formats that repeat examples in a batch cannot have both equal.
 */
public enum Budget {
    /**
     * Epochs: every row goes through the training data equally often. Batches that hold each
     * example {@code b} times make {@code b} times the updates, as in the papers.
     */
    EPOCHS,

    /**
     * Updates: where batches hold each example {@code b} times, a {@code b}-th of the epochs,
     * rounded, at least one.
     */
    UPDATES;

    /** What it means, for a report. */
    String describe() {
        return switch (this) {
            case EPOCHS ->
                    "every row goes through the training data equally often; batches that hold each"
                            + " example b times make an epoch b times as many updates";
            case UPDATES ->
                    "every row makes about as many updates; where batches hold each example b times,"
                            + " that is a b-th of the epochs";
        };
    }
}
