/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import java.util.List;
import java.util.Objects;

/**
 * Reads the answer of an ensemble, logits {@code [M, C]} for one example; how an input becomes an
 * array is left to a translator of the user's.
 *
 * @param <I> the type of inputs
 */
public final class EnsembleTranslator<I> implements Translator<I, EnsembleClassifications> {

    private final Translator<I, ?> input;
    private final List<String> classNames;
    private final Aggregation aggregation;

    /**
     * Creates a translator.
     *
     * @param input processes inputs; what it does with outputs is not used
     * @param classNames the names of the {@code C} classes
     * @param aggregation how members are pooled
     */
    public EnsembleTranslator(
            Translator<I, ?> input, List<String> classNames, Aggregation aggregation) {
        this.input = Objects.requireNonNull(input, "input");
        this.classNames = List.copyOf(classNames);
        this.aggregation = Objects.requireNonNull(aggregation, "aggregation");
    }

    /** {@inheritDoc} */
    @Override
    public void prepare(TranslatorContext context) throws Exception {
        input.prepare(context);
    }

    /** {@inheritDoc} */
    @Override
    public NDList processInput(TranslatorContext context, I example) throws Exception {
        return input.processInput(context, example);
    }

    /** {@inheritDoc} */
    @Override
    public EnsembleClassifications processOutput(TranslatorContext context, NDList outputs) {
        NDArray logits = outputs.singletonOrThrow();
        Shape shape = logits.getShape();
        if (shape.dimension() != 2) {
            throw new IllegalArgumentException(
                    "An ensemble of classifiers answers with logits [members, classes] for one"
                            + " example, but this one with "
                            + shape);
        }
        Predictions predictions =
                Predictions.of(
                        logits.toType(DataType.FLOAT32, false).toFloatArray(),
                        (int) shape.get(0),
                        (int) shape.get(1),
                        aggregation);
        return new EnsembleClassifications(classNames, predictions);
    }

    /** {@inheritDoc} */
    @Override
    public Batchifier getBatchifier() {
        return input.getBatchifier();
    }
}
