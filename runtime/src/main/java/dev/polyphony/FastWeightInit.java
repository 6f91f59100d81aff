/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/**
 * The distribution that the fast weights of a BatchEnsemble start from. It must set members apart:
 * equal fast weights would stay equal.
 *
 * @see BatchEnsemble
 */
public enum FastWeightInit {

    /** +1 or -1 with equal probability; no two members get the same signs. */
    RANDOM_SIGN,

    /**
     * Normal with standard deviation 0.5 around 1 for the multiplicative form; normal with standard
     * deviation 1 around 0 for the additive form.
     */
    NORMAL
}
