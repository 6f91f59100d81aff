/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.polyphony.data.Task;
import java.util.Objects;

/**
 * A loss of one model, as DJL has them, for each member of an ensemble: of the member's predictions
 * {@code [B, C]} and its labels, summed or averaged over the members.
 */
public final class MemberwiseLoss extends Loss {

    private final Loss loss;
    private final Reduction reduction;
    private final Task task;

    /**
     * Creates the loss of classes.
     *
     * @param loss the loss of predictions {@code [B, C]}
     * @param reduction how the members' losses become one
     */
    public MemberwiseLoss(Loss loss, Reduction reduction) {
        this(loss, reduction, Task.CLASSIFICATION);
    }

    /**
     * Creates the loss.
     *
     * @param loss the loss of predictions {@code [B, C]}
     * @param reduction how the members' losses become one
     * @param task what labels are: {@code [B, C]} are labels or numbers for all members, unless
     *     there are classes, of as many members
     */
    public MemberwiseLoss(Loss loss, Reduction reduction, Task task) {
        super(loss.getName());
        this.loss = loss;
        this.reduction = Objects.requireNonNull(reduction, "reduction");
        this.task = Objects.requireNonNull(task, "task");
    }

    /**
     * Returns the sum or mean of the members' losses.
     *
     * @param labels one array: {@code [B]} or {@code [B, C]}, the same for all members, or {@code
     *     [B, M]} or {@code [B, M, C]}
     * @param predictions {@code [B, M, C]}
     * @return the loss, a scalar
     * @throws IllegalArgumentException if shapes do not fit, or if losses are to be weighed
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray all = predictions.singletonOrThrow();
        MemberLoss.requireLogits(all);
        if (labels.size() > 1) {
            throw new IllegalArgumentException(
                    "The loss of each example is to be weighed, but %s is one number for a batch: use the recipe's loss"
                            .formatted(loss.getName()));
        }
        int members = Math.toIntExact(all.getShape().get(1));
        NDList losses = new NDList(members);
        for (int m = 0; m < members; m++) {
            NDArray own = all.get(new NDIndex(":, {}", m));
            losses.add(loss.evaluate(of(m, labels.head(), all.getShape()), new NDList(own)).sum());
        }
        if (members == 1) {
            return losses.head();
        }
        NDArray each = NDArrays.stack(losses);
        return reduction == Reduction.SUM ? each.sum() : each.mean();
    }

    /** The labels of a member. */
    private NDList of(int member, NDArray labels, Shape predictions) {
        Shape shape = labels.getShape();
        if (shape.equals(new Shape(predictions.get(0), 1, predictions.get(2)))) {
            return new NDList(labels.squeeze(1));
        }
        boolean own =
                shape.equals(predictions)
                        || task == Task.CLASSIFICATION
                                && shape.equals(predictions.slice(0, 2))
                                && !MemberLoss.isSoft(labels, predictions);
        return new NDList(own ? labels.get(new NDIndex(":, {}", member)) : labels);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return switch (reduction) {
            case SUM -> "sum of the members' " + loss.getName();
            case MEAN -> "mean of the members' " + loss.getName();
        };
    }
}
