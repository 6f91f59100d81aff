/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/**
 * The cross-entropy of the members' mean logits, averaged over the batch.
 *
 * <p>Every head is given the same gradient, {@code (softmax(mean) - y) / M}, so members do not
 * learn to answer by themselves. It is what some tutorials train MIMO with, and not MIMO.
 */
public final class MeanLogitsLoss extends Loss {

    /** Creates the loss. */
    public MeanLogitsLoss() {
        super("MeanLogitsLoss");
    }

    /**
     * Returns the loss in nats.
     *
     * @param labels classes {@code [B]}
     * @param predictions logits {@code [B, M, C]}
     * @return the loss, a scalar
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray mean = predictions.singletonOrThrow().mean(new int[] {1});
        return MemberLoss.crossEntropy(mean, labels.head()).mean();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "loss of the members' mean logits";
    }
}
