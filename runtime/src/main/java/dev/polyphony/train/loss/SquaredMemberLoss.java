/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;

/**
 * The squared error of each member, for regression: the mean over targets, without a factor of one
 * half, reduced over members, and averaged over the batch.
 *
 * <p>Predictions are numbers {@code [B, M, K]}. Targets are {@code [B, K]} or {@code [B, M, K]}; a
 * second array may give weights, {@code [B]} or {@code [B, M]}.
 */
public final class SquaredMemberLoss extends MemberTargetLoss {

    /**
     * Creates the loss.
     *
     * @param reduction how the members' losses become one
     */
    public SquaredMemberLoss(Reduction reduction) {
        super("SquaredMemberLoss", reduction);
    }

    @Override
    NDArray losses(NDArray predictions, NDArray targets) {
        NDArray error = predictions.sub(targets);
        return error.mul(error);
    }

    @Override
    String what() {
        return "squared errors";
    }
}
