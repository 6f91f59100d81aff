/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import dev.polyphony.nn.form.Scalars;

/**
 * Huber's loss of each member, for regression with outliers: of an error {@code e} it is {@code e^2
 * / 2} up to {@code |e| = 1}, and {@code |e| - 1/2} beyond, the mean over targets, reduced over
 * members, and averaged over the batch.
 *
 * <p>Predictions are numbers {@code [B, M, K]}. Targets are {@code [B, K]} or {@code [B, M, K]}; a
 * second array may give weights, {@code [B]} or {@code [B, M]}.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177703732">Huber, Robust Estimation of a Location
 *     Parameter, 1964</a>
 */
public final class HuberMemberLoss extends MemberTargetLoss {

    /**
     * Creates the loss.
     *
     * @param reduction how the members' losses become one
     */
    public HuberMemberLoss(Reduction reduction) {
        super("HuberMemberLoss", reduction);
    }

    /** With {@code c = min(|e|, 1)} both branches are {@code c * (|e| - c / 2)}. */
    @Override
    NDArray losses(NDArray predictions, NDArray targets) {
        NDArray error = predictions.sub(targets).abs();
        NDArray near = Scalars.minimum(error, 1);
        return near.mul(error.sub(Scalars.mul(near, 0.5)));
    }

    @Override
    String what() {
        return "Huber losses";
    }
}
