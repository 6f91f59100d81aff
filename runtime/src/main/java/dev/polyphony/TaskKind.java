/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/** What an output of a model answers. */
public enum TaskKind {
    /** One class of {@code C}: the output is {@code C} logits. */
    CLASSIFICATION,

    /** Any of {@code K} labels: the output is {@code K} logits, one for each. */
    MULTI_LABEL,

    /** Numbers: the output is {@code K} numbers, in the units of the targets. */
    REGRESSION
}
