/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.checks.Checks;
import dev.polyphony.nn.form.Scalars;

/**
 * How far apart is what each member says of several forms of an example: the Jensen-Shannon
 * divergence of AugMix, {@code 1/V sum_v KL(p_v || mean p)} in nats, times a factor. With the three
 * forms of the paper it is its equation 3.
 *
 * @param factor the factor, the paper's lambda
 * @param forms the number of forms, {@code V}
 * @param reduction how the members' divergences become one, as their losses do
 * @see <a href="https://arxiv.org/abs/1912.02781">AugMix: A Simple Data Processing Method to
 *     Improve Robustness and Uncertainty, equation 3</a>
 */
public record ConsistencyLoss(double factor, int forms, Reduction reduction) {

    /** As in the paper's code: what all forms are sure of counts as so sure. */
    private static final float LEAST = 1e-7f;

    /** Requires several forms. */
    public ConsistencyLoss {
        Checks.require("factor of the divergence", factor, factor >= 0, "at least 0");
        Checks.require("number of forms", forms, forms >= 2, "at least 2");
    }

    /**
     * Returns the divergence times the factor, the mean over examples.
     *
     * @param logits the logits of all forms of an example side by side, {@code [B, V, M, C]}
     * @return the loss, a scalar
     * @throws IllegalArgumentException if the shape is another
     */
    public NDArray evaluate(NDArray logits) {
        Shape shape = logits.getShape();
        if (shape.dimension() != 4 || shape.get(1) != forms) {
            throw new IllegalArgumentException(
                    "Logits [batch, %d forms, members, classes] are expected, but are %s"
                            .formatted(forms, shape));
        }
        NDArray logs = logits.logSoftmax(-1);
        NDArray probabilities = logs.exp();
        NDArray mixture = Scalars.maximum(probabilities.mean(new int[] {1}, true), LEAST).log();
        NDArray each = probabilities.mul(logs.sub(mixture)).sum(new int[] {3}).mean(new int[] {1});
        return Scalars.mul(MemberLoss.reduce(each, new NDList(each), reduction), factor);
    }
}
