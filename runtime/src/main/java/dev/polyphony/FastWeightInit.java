/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/**
 * The distribution that the fast weights of a BatchEnsemble start from. It must set members apart:
 * equal fast weights would stay equal. In the additive form the vector over the {@code c} inputs is
 * divided by {@code sqrt(c)}, so that the member's own term starts as large as the shared one.
 *
 * @see BatchEnsemble
 */
public enum FastWeightInit {

    /**
     * +1 or -1 with equal probability; no two members of a layer get equal or opposite signs as
     * long as its width has room for that.
     */
    RANDOM_SIGN,

    /**
     * Normal with standard deviation 0.5 around 1 in the multiplicative form, with standard
     * deviation 1 around 0 in the additive form.
     */
    NORMAL
}
