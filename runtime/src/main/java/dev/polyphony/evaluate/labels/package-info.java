/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Judges ensembles whose examples have several labels, each of which is there or not.
 *
 * <p>The probability of a label is the mean of the members' sigmoids, or the sigmoid of their mean
 * logit; each label is judged as an answer of its own, and most figures are the mean over labels.
 */
package dev.polyphony.evaluate.labels;
