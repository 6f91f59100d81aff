/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import java.util.Objects;

/**
 * A loss of each member on targets {@code [K]} of its own or of all members: the mean over the
 * {@code K}, reduced over members, and averaged over the batch.
 */
public abstract class MemberTargetLoss extends Loss {

    private final Reduction reduction;

    MemberTargetLoss(String name, Reduction reduction) {
        super(name);
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

    /** The loss of each number, {@code [B, M, K]}, of predictions and targets of this shape. */
    abstract NDArray losses(NDArray predictions, NDArray targets);

    /**
     * Returns the loss.
     *
     * @param labels targets {@code [B, K]}, the same for all members, or {@code [B, M, K]}, and
     *     possibly weights {@code [B]} or {@code [B, M]}
     * @param predictions what the members give, {@code [B, M, K]}
     * @return the loss, a scalar
     * @throws IllegalArgumentException if shapes do not fit
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray given = predictions.singletonOrThrow();
        if (given.getShape().dimension() != 3) {
            throw new IllegalArgumentException(
                    "The loss takes predictions [batch, members, targets], but got "
                            + given.getShape());
        }
        NDArray targets = ofMembers(labels.head(), given.getShape());
        NDArray each = losses(given, targets).mean(new int[] {2});
        return MemberLoss.reduce(each, labels, reduction);
    }

    private static NDArray ofMembers(NDArray targets, Shape all) {
        Shape shared = new Shape(all.get(0), all.get(2));
        if (targets.getShape().equals(shared)) {
            return targets.expandDims(1).broadcast(all);
        }
        if (!targets.getShape().equals(all)) {
            throw new IllegalArgumentException(
                    "Targets must be %s or %s, for predictions %s, but are %s"
                            .formatted(shared, all, all, targets.getShape()));
        }
        return targets;
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return switch (reduction) {
            case SUM -> "sum of the members' " + what();
            case MEAN -> "mean of the members' " + what();
        };
    }

    /** What a member's loss is called, in the plural. */
    abstract String what();
}
