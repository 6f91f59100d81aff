/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * The binary cross-entropy of each member's logits, for examples with several labels: the mean over
 * labels, in nats, reduced over members, and averaged over the batch.
 *
 * <p>Predictions are logits {@code [B, M, K]}. Labels are from 0 to 1, {@code [B, K]} or {@code [B,
 * M, K]}; a second array may give weights, {@code [B]} or {@code [B, M]}. For a logit {@code z} and
 * a label {@code t} it is {@code softplus(z) - t z}, which is finite for every logit.
 */
public final class BinaryMemberLoss extends MemberTargetLoss {

    /**
     * Creates the loss.
     *
     * @param reduction how the members' losses become one
     */
    public BinaryMemberLoss(Reduction reduction) {
        super("BinaryMemberLoss", reduction);
    }

    @Override
    NDArray losses(NDArray predictions, NDArray targets) {
        return Activation.softPlus(predictions).sub(predictions.mul(targets));
    }

    @Override
    String what() {
        return "binary cross-entropies";
    }
}
