/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

/**
 * How the members' losses become one. The two are not the same at a given learning rate and weight
 * decay: the sum gives shared weights {@code M} times the gradient.
 */
public enum Reduction {
    /** The sum over members: MIMO, MixMo, and deep ensembles, whose members train as if alone. */
    SUM,

    /** The mean over members: BatchEnsemble, Packed-Ensembles, Masksembles, sub-ensembles. */
    MEAN
}
