/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/** What is minimised for a task: a mean over examples. */
public enum TaskLoss {
    /** The usual loss of the kind: cross-entropy, binary cross-entropy, squared error. */
    DEFAULT,

    /** Cross-entropy of classes, in nats. */
    CROSS_ENTROPY,

    /** Binary cross-entropy of labels, in nats; the mean over labels. */
    BINARY_CROSS_ENTROPY,

    /** Squared error; the mean over numbers. */
    SQUARED_ERROR,

    /** Absolute error; the mean over numbers. */
    ABSOLUTE_ERROR,

    /** Huber's loss: half the squared error up to 1, beyond it the absolute error less one half. */
    HUBER;

    /**
     * Returns the loss itself.
     *
     * @param kind what the output answers
     * @return this, or the usual loss of the kind in place of {@link #DEFAULT}
     */
    public TaskLoss of(TaskKind kind) {
        if (this != DEFAULT) {
            return this;
        }
        return switch (kind) {
            case CLASSIFICATION -> CROSS_ENTROPY;
            case MULTI_LABEL -> BINARY_CROSS_ENTROPY;
            case REGRESSION -> SQUARED_ERROR;
        };
    }

    /**
     * Returns whether this is a loss of a kind.
     *
     * @param kind what an output answers
     * @return whether the output can be trained with it
     */
    public boolean fits(TaskKind kind) {
        return switch (this) {
            case DEFAULT -> true;
            case CROSS_ENTROPY -> kind == TaskKind.CLASSIFICATION;
            case BINARY_CROSS_ENTROPY -> kind == TaskKind.MULTI_LABEL;
            case SQUARED_ERROR, ABSOLUTE_ERROR, HUBER -> kind == TaskKind.REGRESSION;
        };
    }
}
