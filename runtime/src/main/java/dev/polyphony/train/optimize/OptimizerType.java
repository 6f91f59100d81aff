/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

/** The optimizers of a {@link Training}. */
public enum OptimizerType {
    /** Adam; what works without much tuning. */
    ADAM,

    /** Adam with weight decay decoupled from the gradient. */
    ADAM_W,

    /** Gradient descent with momentum. */
    SGD,

    /** Gradient descent with Nesterov's momentum, as in the papers of most methods. */
    NESTEROV
}
