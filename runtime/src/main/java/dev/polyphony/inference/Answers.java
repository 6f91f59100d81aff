/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import dev.polyphony.data.Task;
import dev.polyphony.model.ModelDescription;

/**
 * Makes an answer of what the members give for one example.
 *
 * @param <O> the type of the answer
 */
@FunctionalInterface
interface Answers<O> {

    /**
     * Makes an answer.
     *
     * @param outputs what members give, {@code [M, K]} in row-major order
     * @param members the number of members {@code M}
     * @return the answer
     */
    O answer(float[] outputs, int members);

    /** The type of answers to a task. */
    static Class<?> typeOf(Task task) {
        return switch (task) {
            case CLASSIFICATION -> EnsembleClassifications.class;
            case MULTI_LABEL -> EnsembleLabels.class;
            case REGRESSION -> EnsembleRegression.class;
        };
    }

    /** The answers of a model, of the type of its task. */
    static Answers<? extends ai.djl.util.JsonSerializable> of(ModelDescription model) {
        return switch (model.task()) {
            case CLASSIFICATION ->
                    (outputs, members) ->
                            EnsembleClassifications.of(
                                    model.classNames(), outputs, model.answers());
            case MULTI_LABEL ->
                    (outputs, members) ->
                            EnsembleLabels.of(
                                    model.classNames(), outputs, model.answers().aggregation());
            case REGRESSION ->
                    (outputs, members) -> EnsembleRegression.of(model.classNames(), outputs);
        };
    }
}
