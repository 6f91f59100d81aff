/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/**
 * How MixMo mixes the features of its members.
 *
 * @see MixMo
 */
public enum MixMethod {

    /** Interpolation: each member's features times its mixing ratio. For features of any shape. */
    LINEAR,

    /**
     * A box of one member's features in another's, as CutMix does with pixels. For features with at
     * least one spatial axis.
     */
    CUTMIX
}
