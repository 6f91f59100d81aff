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
import ai.djl.translate.PreProcessor;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.polyphony.evaluate.Aggregation;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Turns an input into arrays as the user's own translator does, and the scores {@code [M, C]} of an
 * ensemble's members into {@link EnsembleClassifications}.
 *
 * @param <I> the type of the input
 */
public final class EnsembleTranslator<I> implements Translator<I, EnsembleClassifications> {

    private final PreProcessor<I> input;
    private final List<String> classNames;
    private final Aggregation aggregation;

    /**
     * Creates a translator.
     *
     * @param input makes the arrays of one example; a translator of another output serves as well
     * @param classNames the names of the classes
     * @param aggregation how the members' answers become one
     */
    public EnsembleTranslator(
            PreProcessor<I> input, List<String> classNames, Aggregation aggregation) {
        this.input = Objects.requireNonNull(input, "input");
        this.classNames = List.copyOf(classNames);
        this.aggregation = Objects.requireNonNull(aggregation, "aggregation");
    }

    /**
     * Creates a translator of arrays {@code [x...]}, one example each.
     *
     * @param classes the number of classes, which are named {@code 0}, {@code 1}, ...
     * @param aggregation how the members' answers become one
     * @return the translator
     */
    public static EnsembleTranslator<NDList> ofArrays(int classes, Aggregation aggregation) {
        return new EnsembleTranslator<>(
                (context, arrays) -> arrays,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                aggregation);
    }

    /** {@inheritDoc} */
    @Override
    public NDList processInput(TranslatorContext context, I example) throws Exception {
        return input.processInput(context, example);
    }

    /** {@inheritDoc} */
    @Override
    public EnsembleClassifications processOutput(TranslatorContext context, NDList output) {
        NDArray logits = output.singletonOrThrow().toType(DataType.FLOAT32, false);
        Shape shape = logits.getShape();
        if (shape.dimension() != 2 || shape.get(1) != classNames.size()) {
            throw new IllegalArgumentException(
                    "An ensemble answers with scores [members, classes] for one example, but this"
                            + " one with %s for %d class names: give the name of every class"
                                    .formatted(shape, classNames.size()));
        }
        return EnsembleClassifications.of(classNames, logits.toFloatArray(), aggregation);
    }

    /** {@inheritDoc} */
    @Override
    public void prepare(TranslatorContext context) throws Exception {
        if (input instanceof Translator<?, ?> translator) {
            translator.prepare(context);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Batchifier getBatchifier() {
        return input instanceof Translator<?, ?> translator
                ? translator.getBatchifier()
                : Batchifier.STACK;
    }
}
