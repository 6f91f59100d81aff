/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/**
 * How the fast weights {@code r} (inputs) and {@code s} (outputs) of a BatchEnsemble member change
 * the shared weights {@code W}.
 *
 * @see BatchEnsemble
 */
public enum FastWeightForm {

    /**
     * {@code W * (s r^T)}, elementwise, with a bias for each member: BatchEnsemble as published.
     */
    MULTIPLICATIVE,

    /**
     * {@code W + s r^T} with one bias: a rank-one addition. Not the published method, but a
     * relative that is met in tutorials.
     */
    ADDITIVE
}
