/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.evaluator.Evaluator;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.train.loss.MemberLoss;

/**
 * An evaluator of one model, as DJL has them, for an ensemble. Where members have the same labels,
 * it judges their pooled answer, {@code [B, C]}; where each has its own, the answers of all, {@code
 * [B * M, C]}. Pooled are mean logits, or the logits of mean probabilities, or mean numbers. Of
 * soft labels of classes it sees the likeliest class.
 */
final class MemberEvaluator extends Evaluator {

    private final Evaluator evaluator;
    private final Aggregation aggregation;
    private final Task task;

    MemberEvaluator(Evaluator evaluator, Aggregation aggregation, Task task) {
        super(evaluator.getName());
        this.evaluator = evaluator;
        this.aggregation = aggregation;
        this.task = task;
    }

    /** Labels and predictions as the evaluator takes them. */
    private record Judged(NDList labels, NDList predictions) {}

    private Judged judged(NDList labels, NDList predictions) {
        NDArray given = predictions.singletonOrThrow();
        MemberLoss.requireLogits(given);
        NDArray right = labels.head();
        if (task == Task.CLASSIFICATION && MemberLoss.isSoft(right, given.getShape())) {
            NDArray likeliest = right.argMax(right.getShape().dimension() - 1);
            boolean isOfAll = right.getShape().dimension() == 3 && right.getShape().get(1) == 1;
            right = isOfAll ? likeliest.squeeze(1) : likeliest;
        }
        int axes = right.getShape().dimension();
        boolean shared = axes == (task == Task.CLASSIFICATION ? 1 : 2);
        if (shared) {
            return new Judged(new NDList(right), new NDList(pooled(given)));
        }
        return new Judged(new NDList(rows(right)), new NDList(rows(given)));
    }

    /** One row for each example and member. */
    private static NDArray rows(NDArray array) {
        Shape shape = array.getShape();
        return array.reshape(new Shape(-1).addAll(shape.slice(2)));
    }

    private NDArray pooled(NDArray given) {
        int[] members = {1};
        if (task == Task.REGRESSION || aggregation == Aggregation.LOGITS) {
            return given.mean(members);
        }
        if (task == Task.MULTI_LABEL) {
            NDArray some = Activation.sigmoid(given).mean(members);
            NDArray none = Activation.sigmoid(given.neg()).mean(members);
            return some.log().sub(none.log());
        }
        return given.softmax(2).mean(members).log();
    }

    /** {@inheritDoc} */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        Judged judged = judged(labels, predictions);
        return evaluator.evaluate(judged.labels(), judged.predictions());
    }

    /** {@inheritDoc} */
    @Override
    public void addAccumulator(String key) {
        evaluator.addAccumulator(key);
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    /** {@inheritDoc} */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        Judged judged = judged(labels, predictions);
        evaluator.updateAccumulators(keys, judged.labels(), judged.predictions());
    }

    /** {@inheritDoc} */
    @Override
    public void resetAccumulator(String key) {
        evaluator.resetAccumulator(key);
    }

    /** {@inheritDoc} */
    @Override
    public float getAccumulator(String key) {
        return evaluator.getAccumulator(key);
    }
}
