/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.polyphony.checks.Checks;
import dev.polyphony.nn.form.Scalars;
import java.util.Objects;

/**
 * How far each member is from a teacher's soft answers: {@code T^2 KL(p || softmax(z / T))} of
 * logits {@code z} and the teacher's probabilities {@code p} at the temperature {@code T}, reduced
 * over members, and averaged over the batch. The factor keeps gradients as large as those of hard
 * labels, whatever the temperature.
 *
 * <p>Predictions are logits {@code [B, M, C]}. Labels are probabilities {@code [B, C]}, the same
 * for all members, or {@code [B, M, C]}; a second array may give weights, {@code [B]} or {@code [B,
 * M]}.
 *
 * @see <a href="https://arxiv.org/abs/1503.02531">Hinton, Vinyals and Dean, Distilling the
 *     Knowledge in a Neural Network, 2015, section 2</a>
 */
public final class DistillationLoss extends Loss {

    /** Probabilities below it count as it: the entropy of a teacher that is sure is 0. */
    private static final float LEAST = 1e-30f;

    private final Reduction reduction;
    private final double temperature;

    /**
     * Creates the loss.
     *
     * @param reduction how the members' losses become one
     * @param temperature the temperature of teacher and student, above 0
     */
    public DistillationLoss(Reduction reduction, double temperature) {
        super("DistillationLoss");
        this.reduction = Objects.requireNonNull(reduction, "reduction");
        Checks.require("temperature", temperature, temperature > 0, "above 0");
        this.temperature = temperature;
    }

    /**
     * Returns the loss in nats.
     *
     * @param labels the teacher's probabilities {@code [B, C]} or {@code [B, M, C]}, and possibly
     *     weights {@code [B]} or {@code [B, M]}
     * @param predictions logits {@code [B, M, C]}
     * @return the loss, a scalar
     * @throws IllegalArgumentException if shapes do not fit
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.singletonOrThrow();
        MemberLoss.requireLogits(logits);
        NDArray given = labels.head();
        NDArray soft = given.getShape().dimension() == 2 ? given.expandDims(1) : given;
        Shape all = logits.getShape();
        if (!soft.getShape().equals(all)
                && !soft.getShape().equals(new Shape(all.get(0), 1, all.get(2)))) {
            throw new IllegalArgumentException(
                    "The teacher's answers must be %s or %s, for logits %s, but are %s"
                            .formatted(
                                    new Shape(all.get(0), all.get(2)), all, all, given.getShape()));
        }
        NDArray logs = Scalars.div(logits, temperature).logSoftmax(-1);
        NDArray own = Scalars.maximum(soft, LEAST).log();
        NDArray each = own.sub(logs).mul(soft).sum(new int[] {2});
        NDArray scaled = Scalars.mul(each, temperature * temperature);
        return MemberLoss.reduce(scaled, labels, reduction);
    }
}
