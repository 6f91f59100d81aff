/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/** How the outputs of the members become the prediction of the ensemble. */
public enum Aggregation {
    /**
     * Mean of the members' probabilities, {@code p = 1/M sum_m softmax(z_m)}: the mixture that deep
     * ensembles, MIMO, BatchEnsemble, Packed-Ensembles and Masksembles predict with.
     */
    PROBABILITIES,

    /**
     * Softmax of the members' mean logits, {@code p = softmax(1/M sum_m z_m)}: what the reference
     * implementation of MixMo predicts with.
     */
    LOGITS
}
