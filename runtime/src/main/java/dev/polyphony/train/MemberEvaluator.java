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

/**
 * An evaluator of one model, as DJL has them, for an ensemble. Where members have the same labels,
 * {@code [B]}, it judges their pooled answer, {@code [B, C]}, as log probabilities or mean logits;
 * where each has its own, {@code [B, M]}, all answers {@code [B * M, C]}. Of soft labels it sees
 * the likeliest class.
 *
 * <p>Of other tasks, targets {@code [B, K]} or {@code [B, M, K]} are judged likewise, beside the
 * mean of numbers, or the logits of the members' mean probability of each label.
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
        NDArray logits = predictions.singletonOrThrow();
        MemberLoss.requireLogits(logits);
        Shape shape = logits.getShape();
        NDArray given = labels.head();
        if (task != Task.CLASSIFICATION) {
            boolean shared = given.getShape().dimension() == 2;
            Shape rows = new Shape(shape.get(0) * shape.get(1), shape.get(2));
            return new Judged(
                    new NDList(shared ? given : given.reshape(rows)),
                    new NDList(shared ? pooledTargets(logits) : logits.reshape(rows)));
        }
        NDArray classes =
                MemberLoss.isSoft(given, shape)
                        ? given.argMax(given.getShape().dimension() - 1)
                        : given;
        boolean shared = classes.getShape().dimension() == 1;
        NDArray answers =
                shared ? pooled(logits) : logits.reshape(shape.get(0) * shape.get(1), shape.get(2));
        return new Judged(new NDList(classes.flatten()), new NDList(answers));
    }

    private NDArray pooledTargets(NDArray given) {
        if (task == Task.REGRESSION || aggregation == Aggregation.LOGITS) {
            return given.mean(new int[] {1});
        }
        NDArray some = Activation.sigmoid(given).mean(new int[] {1});
        NDArray none = Activation.sigmoid(given.neg()).mean(new int[] {1});
        return some.log().sub(none.log());
    }

    private NDArray pooled(NDArray logits) {
        return switch (aggregation) {
            case LOGITS -> logits.mean(new int[] {1});
            case PROBABILITIES -> logits.softmax(2).mean(new int[] {1}).log();
        };
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
