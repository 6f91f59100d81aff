/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

/** What a model answers: one class of several, several labels at once, or numbers. */
public enum Task {
    /** One class of {@code C}: a label is its number, and a model gives {@code C} logits. */
    CLASSIFICATION,

    /** Any of {@code K} labels: a target is {@code K} zeros and ones, and a model gives logits. */
    MULTI_LABEL,

    /** {@code K} numbers, in the units of the targets: nothing is standardised on the way. */
    REGRESSION
}
