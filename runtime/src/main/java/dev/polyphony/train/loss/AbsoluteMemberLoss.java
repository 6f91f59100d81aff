/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;

/**
 * The absolute error of each member, for regression: the mean over targets, reduced over members,
 * and averaged over the batch.
 *
 * <p>Predictions are numbers {@code [B, M, K]}. Targets are {@code [B, K]} or {@code [B, M, K]}; a
 * second array may give weights, {@code [B]} or {@code [B, M]}.
 */
public final class AbsoluteMemberLoss extends MemberTargetLoss {

    /**
     * Creates the loss.
     *
     * @param reduction how the members' losses become one
     */
    public AbsoluteMemberLoss(Reduction reduction) {
        super("AbsoluteMemberLoss", reduction);
    }

    @Override
    NDArray losses(NDArray predictions, NDArray targets) {
        return predictions.sub(targets).abs();
    }

    @Override
    String what() {
        return "absolute errors";
    }
}
