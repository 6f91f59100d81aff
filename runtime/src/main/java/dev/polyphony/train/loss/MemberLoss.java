/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.polyphony.checks.Checks;
import dev.polyphony.nn.form.Scalars;
import java.util.Arrays;
import java.util.Objects;

/**
 * The cross-entropy of each member on its own labels, averaged over the batch, and reduced over
 * members.
 *
 * <p>Predictions are logits {@code [B, M, C]}. Labels are classes {@code [B]}, the same for all
 * members, or {@code [B, M]}, or soft labels, the probability of each class, {@code [B, 1, C]} or
 * {@code [B, M, C]}; {@code [B, C]} is {@code [B, 1, C]} unless {@code M = C}, where it is classes.
 * A second array may give a weight to each example, {@code [B]}, or to each loss, {@code [B, M]}.
 *
 * <p>With label smoothing {@code e} and class weights {@code w}, a member's loss is that of
 * PyTorch's {@code CrossEntropyLoss(weight=w, label_smoothing=e)}. Of classes {@code y} it is
 * {@code sum_b ((1 - e) w[y_b] n[b, y_b] + e / C sum_c w[c] n[b, c]) / sum_b w[y_b]}, where {@code
 * n} are the negative log probabilities; of soft labels {@code p} it is {@code mean_b sum_c w[c]
 * ((1 - e) p[b, c] + e / C) n[b, c]}.
 */
public final class MemberLoss extends Loss {

    private static final int[] MEMBERS_AND_COLUMN = {1, 2};

    private final Reduction reduction;
    private final double smoothing;
    private final float[] classWeights;

    /**
     * Creates the loss.
     *
     * @param reduction how the members' losses become one
     */
    public MemberLoss(Reduction reduction) {
        this(reduction, 0, null);
    }

    private MemberLoss(Reduction reduction, double smoothing, float[] classWeights) {
        super("MemberLoss");
        this.reduction = Objects.requireNonNull(reduction, "reduction");
        this.smoothing = smoothing;
        this.classWeights = classWeights;
    }

    /**
     * Returns this loss with a share of each label spread evenly over all classes.
     *
     * @param share the share, from 0 to below 1
     * @return the new loss
     */
    public MemberLoss withLabelSmoothing(double share) {
        Checks.require("label smoothing", share, share >= 0 && share < 1, "from 0 to below 1");
        return new MemberLoss(reduction, share, classWeights);
    }

    /**
     * Returns this loss with weights of the classes.
     *
     * @param weights a weight for each class, at least 0 and not all 0
     * @return the new loss
     */
    public MemberLoss withClassWeights(double... weights) {
        requireClassWeights(weights);
        float[] floats = new float[weights.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) weights[i];
        }
        return new MemberLoss(reduction, smoothing, floats);
    }

    /**
     * Requires weights of classes that a loss can have.
     *
     * @param weights the weight of each class
     * @throws IllegalArgumentException if one is negative or none is positive
     */
    public static void requireClassWeights(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            Checks.require("weight of a class", weight, weight >= 0, "at least 0");
            sum += weight;
        }
        Checks.require("sum of the class weights", sum, sum > 0, "above 0");
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
     * @param labels classes {@code [B]} or {@code [B, M]}, or soft labels {@code [B, 1, C]} or
     *     {@code [B, M, C]}, and possibly weights {@code [B]} or {@code [B, M]}
     * @param predictions logits {@code [B, M, C]}
     * @return the loss, a scalar
     * @throws IllegalArgumentException if shapes do not fit
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.singletonOrThrow();
        requireLogits(logits);
        return evaluatePart(normalise(labels, logits.getShape()), predictions);
    }

    /**
     * Returns labels with weights that make the loss of the batch the mean over its rows, so that
     * it can be computed in parts.
     *
     * @param labels the labels of the whole batch, as {@link #evaluate} takes them
     * @param logits the shape {@code [B, M, C]} of its predictions
     * @return labels for {@link #evaluatePart}
     */
    public NDList normalise(NDList labels, Shape logits) {
        NDArray targets = labels.head();
        if (classWeights == null || isSoft(targets, logits)) {
            return labels;
        }
        requireClasses(logits);
        NDArray own = weightsOf(targets);
        NDArray mean = own.mean(new int[] {0}, true);
        // a batch whose labels all have the weight 0 has the loss 0
        NDArray none = mean.eq(mean.zerosLike()).toType(DataType.FLOAT32, false);
        NDArray factors = own.onesLike().mul(none.neg().add(1)).div(mean.add(none));
        if (labels.size() == 1) {
            return new NDList(targets, factors);
        }
        NDArray weights = labels.get(1);
        int axes = weights.getShape().dimension();
        NDArray same = axes > factors.getShape().dimension() ? factors.expandDims(1) : factors;
        NDArray given = axes < factors.getShape().dimension() ? weights.expandDims(1) : weights;
        return new NDList(targets, given.mul(same));
    }

    /**
     * Returns the loss of normalised labels: the mean over the rows.
     *
     * @param labels rows of what {@link #normalise} gives
     * @param predictions logits {@code [B, M, C]} of these rows
     * @return the loss, a scalar
     */
    public NDArray evaluatePart(NDList labels, NDList predictions) {
        NDArray logits = predictions.singletonOrThrow();
        requireLogits(logits);
        requireClasses(logits.getShape());
        NDArray targets = labels.head();
        if (labels.size() == 1 && isPlain(targets, logits.getShape())) {
            NDArray classes = columns(targets, logits.getShape());
            NDArray each = logits.logSoftmax(-1).gather(classes, 2);
            boolean isSum = reduction == Reduction.SUM && logits.getShape().get(1) > 1;
            // the sign is that of one number, not of all
            return (isSum ? each.sum(MEMBERS_AND_COLUMN) : each).mean().neg();
        }
        NDArray losses =
                isSoft(targets, logits.getShape())
                        ? ofSoft(logits, targets)
                        : ofClasses(logits, ofMembers(targets, logits.getShape()));
        return reduce(losses, labels, reduction);
    }

    /** Whether the loss is that of classes which all count the same. */
    private boolean isPlain(NDArray targets, Shape logits) {
        return smoothing == 0 && classWeights == null && !isSoft(targets, logits);
    }

    /** The classes of each member in a column, {@code [B, M, 1]}, in as few calls as it goes. */
    private static NDArray columns(NDArray labels, Shape logits) {
        requireLabels(labels, logits);
        NDArray classes = labels.toType(DataType.INT64, false);
        if (labels.getShape().dimension() == 2) {
            return classes.expandDims(2);
        }
        NDArray column = classes.reshape(logits.get(0), 1, 1);
        return logits.get(1) == 1
                ? column
                : column.broadcast(new Shape(logits.get(0), logits.get(1), 1));
    }

    /** The loss of all members from their losses {@code [B, M]}, weighted if labels say so. */
    static NDArray reduce(NDArray each, NDList labels, Reduction reduction) {
        NDArray losses =
                labels.size() > 1 ? each.mul(weights(labels.get(1), each.getShape())) : each;
        return reduction == Reduction.SUM ? losses.sum(new int[] {1}).mean() : losses.mean();
    }

    /**
     * Requires the shape of logits.
     *
     * @param logits what should be {@code [B, M, C]}
     * @throws IllegalArgumentException if it is not
     */
    public static void requireLogits(NDArray logits) {
        if (logits.getShape().dimension() != 3) {
            throw new IllegalArgumentException(
                    "The loss takes logits [batch, members, classes], but got "
                            + logits.getShape());
        }
    }

    private void requireClasses(Shape logits) {
        if (classWeights != null && classWeights.length != logits.get(2)) {
            throw new IllegalArgumentException(
                    "There are %d class weights for %d classes"
                            .formatted(classWeights.length, logits.get(2)));
        }
    }

    /**
     * Returns whether labels are probabilities, and not classes.
     *
     * @param labels the labels
     * @param logits the shape {@code [B, M, C]} of the predictions
     * @return whether they are soft
     */
    public static boolean isSoft(NDArray labels, Shape logits) {
        Shape shape = labels.getShape();
        if (shape.dimension() == 3) {
            return true;
        }
        Shape shared = new Shape(logits.get(0), logits.get(2));
        return shape.equals(shared) && logits.get(1) != logits.get(2);
    }

    /** The cross-entropy {@code [...]} of logits {@code [..., C]} and classes {@code [...]}. */
    static NDArray crossEntropy(NDArray logits, NDArray labels) {
        NDArray logs = logits.logSoftmax(-1);
        return pick(logs, labels).squeeze(logs.getShape().dimension() - 1).neg();
    }

    /** The entries {@code [..., 1]} of values {@code [..., C]} at classes {@code [...]}. */
    private static NDArray pick(NDArray values, NDArray labels) {
        int last = values.getShape().dimension() - 1;
        NDArray classes = labels.toType(DataType.INT64, false).expandDims(last);
        return values.gather(classes, last);
    }

    private NDArray ofClasses(NDArray logits, NDArray classes) {
        if (smoothing == 0 && classWeights == null) {
            return crossEntropy(logits, classes);
        }
        NDArray logs = logits.logSoftmax(-1);
        NDArray own = pick(logs, classes).squeeze(2).neg();
        NDArray weighed = classWeights == null ? own : own.mul(weightsOf(classes));
        if (smoothing == 0) {
            return weighed;
        }
        NDArray all = classWeights == null ? logs : logs.mul(weights(logs));
        NDArray even = all.mean(new int[] {2}).neg();
        return Scalars.mul(weighed, 1 - smoothing).add(Scalars.mul(even, smoothing));
    }

    private NDArray ofSoft(NDArray logits, NDArray targets) {
        NDArray logs = logits.logSoftmax(-1);
        boolean shared = targets.getShape().dimension() == 2;
        NDArray soft = shared ? targets.expandDims(1) : targets;
        requireSoft(soft.getShape(), logits.getShape());
        if (smoothing > 0) {
            double even = smoothing / logits.getShape().get(2);
            soft = Scalars.mul(soft, 1 - smoothing).add(even);
        }
        if (classWeights != null) {
            soft = soft.mul(weights(logs));
        }
        return logs.mul(soft).sum(new int[] {2}).neg();
    }

    private static void requireSoft(Shape soft, Shape logits) {
        Shape shared = new Shape(logits.get(0), 1, logits.get(2));
        if (!soft.equals(shared) && !soft.equals(logits)) {
            throw new IllegalArgumentException(
                    "Soft labels must be %s or %s, for logits %s, but are %s"
                            .formatted(shared, logits, logits, soft));
        }
    }

    private NDArray weights(NDArray other) {
        return other.getManager().create(classWeights);
    }

    /** The weights of classes, in their shape. */
    private NDArray weightsOf(NDArray classes) {
        NDArray flat = classes.toType(DataType.INT64, false).reshape(-1);
        return weights(classes).get(new NDIndex("{}", flat)).reshape(classes.getShape());
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
        requireLabels(labels, logits);
        Shape each = logits.slice(0, 2);
        return labels.getShape().equals(each) ? labels : labels.expandDims(1).broadcast(each);
    }

    private static void requireLabels(NDArray labels, Shape logits) {
        Shape each = logits.slice(0, 2);
        if (!labels.getShape().equals(each) && !labels.getShape().equals(each.slice(0, 1))) {
            throw new IllegalArgumentException(
                    "Labels must be %s or %s, or soft labels %s or %s, for logits %s, but are %s"
                            .formatted(
                                    each.slice(0, 1),
                                    each,
                                    new Shape(logits.get(0), 1, logits.get(2)),
                                    logits,
                                    logits,
                                    labels.getShape()));
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        String sum =
                switch (reduction) {
                    case SUM -> "sum of the members' losses";
                    case MEAN -> "mean of the members' losses";
                };
        return sum
                + (smoothing == 0 ? "" : ", labels smoothed by " + smoothing)
                + (classWeights == null ? "" : ", class weights " + Arrays.toString(classWeights));
    }
}
