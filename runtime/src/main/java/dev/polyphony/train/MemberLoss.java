/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import java.util.Objects;

/**
 * The cross-entropy of each member on its own labels, reduced over members, and averaged over the
 * batch.
 *
 * <p>Predictions are logits {@code [B, M, C]}. Labels are classes {@code [B]}, the same for all
 * members, or {@code [B, M]}, or soft labels {@code [B, M, C]}, the probability of each class; a
 * second array may give a weight to each example, {@code [B]}, or to each loss, {@code [B, M]}.
 */
public final class MemberLoss extends Loss {

    private final Reduction reduction;

    /**
     * Creates the loss.
     *
     * @param reduction how the members' losses become one
     */
    public MemberLoss(Reduction reduction) {
        super("MemberLoss");
        this.reduction = Objects.requireNonNull(reduction, "reduction");
    }

    /**
     * Returns how the members' losses become one.
     *
     * @return the reduction
     */
    public Reduction getReduction() {
        return reduction;
    }

    /**
     * Returns the loss in nats.
     *
     * @param labels classes {@code [B]} or {@code [B, M]}, or soft labels {@code [B, M, C]}, and
     *     possibly weights {@code [B]} or {@code [B, M]}
     * @param predictions logits {@code [B, M, C]}
     * @return the loss, a scalar
     * @throws IllegalArgumentException if shapes do not fit
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.singletonOrThrow();
        if (logits.getShape().dimension() != 3) {
            throw new IllegalArgumentException(
                    "The loss takes logits [batch, members, classes], but got "
                            + logits.getShape());
        }
        NDArray targets = labels.head();
        NDArray losses =
                targets.getShape().equals(logits.getShape())
                        ? softCrossEntropy(logits, targets)
                        : crossEntropy(logits, ofMembers(targets, logits.getShape()));
        return reduce(losses, labels, reduction);
    }

    /** The loss of all members from their losses {@code [B, M]}, weighted if labels say so. */
    static NDArray reduce(NDArray each, NDList labels, Reduction reduction) {
        NDArray losses =
                labels.size() > 1 ? each.mul(weights(labels.get(1), each.getShape())) : each;
        return reduction == Reduction.SUM ? losses.sum(new int[] {1}).mean() : losses.mean();
    }

    /** The cross-entropy {@code [...]} of logits {@code [..., C]} and classes {@code [...]}. */
    static NDArray crossEntropy(NDArray logits, NDArray labels) {
        int last = logits.getShape().dimension() - 1;
        NDArray classes = labels.toType(DataType.INT64, false).expandDims(last);
        return logits.logSoftmax(last).gather(classes, last).squeeze(last).neg();
    }

    /** The cross-entropy {@code [...]} of logits and probabilities {@code [..., C]}. */
    private static NDArray softCrossEntropy(NDArray logits, NDArray targets) {
        int last = logits.getShape().dimension() - 1;
        return logits.logSoftmax(last).mul(targets).sum(new int[] {last}).neg();
    }

    private static NDArray weights(NDArray weights, Shape losses) {
        if (weights.getShape().equals(losses)) {
            return weights;
        }
        if (!weights.getShape().equals(losses.slice(0, 1))) {
            throw new IllegalArgumentException(
                    "Weights must be %s or %s, for losses %s, but are %s"
                            .formatted(losses.slice(0, 1), losses, losses, weights.getShape()));
        }
        return weights.expandDims(1);
    }

    private static NDArray ofMembers(NDArray labels, Shape logits) {
        Shape each = logits.slice(0, 2);
        if (labels.getShape().equals(each)) {
            return labels;
        }
        if (!labels.getShape().equals(each.slice(0, 1))) {
            throw new IllegalArgumentException(
                    "Labels must be %s or %s, or soft labels %s, for logits %s, but are %s"
                            .formatted(each.slice(0, 1), each, logits, logits, labels.getShape()));
        }
        return labels.expandDims(1).broadcast(each);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return switch (reduction) {
            case SUM -> "sum of the members' losses";
            case MEAN -> "mean of the members' losses";
        };
    }
}
