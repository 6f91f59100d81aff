/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Members;
import dev.polyphony.train.loss.ConsistencyLoss;

/**
 * The forward pass of batches whose examples have several forms, {@code [B, V, ...]}: a network
 * sees the forms as rows of one batch.
 *
 * @param loss what is lost where answers to the forms differ; null if there is one form
 */
record Forms(ConsistencyLoss loss) {

    /** The forms that the augmentation makes. */
    static Forms of(Training training, Recipe recipe) {
        int forms = training.getForms();
        return new Forms(
                forms == 1
                        ? null
                        : new ConsistencyLoss(
                                training.loop().augmentation.getConsistency(),
                                forms,
                                recipe.getReduction()));
    }

    /**
     * What a network says.
     *
     * @param predictions of the first form, or the only one
     * @param all logits of all forms, {@code [B, V, M, C]}; null if there is one
     */
    record Answers(NDList predictions, NDArray all) {}

    Answers forward(EnsembleTrainer trainer, NDList inputs, NDList labels) {
        if (loss == null) {
            return new Answers(trainer.forward(inputs, labels), null);
        }
        NDList rows = new NDList(Members.rows(inputs.head()));
        // how the features of an example are mixed
        inputs.subList(1, inputs.size()).forEach(mix -> rows.add(mix.repeat(0, loss.forms())));
        NDList right = new NDList();
        labels.forEach(label -> right.add(label.repeat(0, loss.forms())));
        NDArray given = trainer.forward(rows, right).singletonOrThrow();
        Shape each = given.getShape();
        Shape apart = new Shape(each.get(0) / loss.forms(), loss.forms());
        NDArray all = given.reshape(apart.addAll(each.slice(1)));
        return new Answers(new NDList(all.get(new NDIndex(":, 0"))), all);
    }

    /** Adds what is lost where the answers differ. */
    NDArray add(NDArray own, Answers answers) {
        return loss == null ? own : own.add(loss.evaluate(answers.all()));
    }
}
