/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.translate.Batchifier;
import ai.djl.translate.PreProcessor;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.nn.Ensemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Turns an example into arrays, and what the members of an ensemble give for it, {@code [M, K]},
 * into an answer. It keeps nothing between calls: many threads may share one.
 *
 * @param <I> the type of the input
 * @param <O> the type of the answer
 */
public final class EnsembleTranslator<I, O> implements Translator<I, O> {

    private final PreProcessor<I> input;
    private final int outputs;
    private final Answers<? extends O> answers;

    EnsembleTranslator(PreProcessor<I> input, int outputs, Answers<? extends O> answers) {
        this.input = Objects.requireNonNull(input, "input");
        this.outputs = outputs;
        this.answers = answers;
    }

    /**
     * Creates a translator of classes, whose input is turned into arrays as the user's own
     * translator does.
     *
     * @param <I> the type of the input
     * @param input makes the arrays of one example; a translator of another output serves as well
     * @param classNames the names of the classes
     * @param aggregation how the members' answers become one
     * @return the translator
     */
    public static <I> EnsembleTranslator<I, EnsembleClassifications> of(
            PreProcessor<I> input, List<String> classNames, Aggregation aggregation) {
        Objects.requireNonNull(aggregation, "aggregation");
        List<String> names = List.copyOf(classNames);
        return new EnsembleTranslator<>(
                input,
                names.size(),
                (scores, members) -> EnsembleClassifications.of(names, scores, aggregation));
    }

    /**
     * Creates a translator of arrays {@code [x...]}, one example each.
     *
     * @param classes the number of classes, which are named {@code 0}, {@code 1}, ...
     * @param aggregation how the members' answers become one
     * @return the translator
     */
    public static EnsembleTranslator<NDList, EnsembleClassifications> ofArrays(
            int classes, Aggregation aggregation) {
        return of(Readers::copy, ModelDescription.requireNames(List.of(), classes), aggregation);
    }

    /** {@inheritDoc} */
    @Override
    public NDList processInput(TranslatorContext context, I example) throws Exception {
        NDList arrays = input.processInput(context, example);
        Block block = context == null ? null : context.getModel().getBlock();
        if (getBatchifier() != null && block instanceof Ensemble ensemble) {
            requireOneExample(arrays, ensemble.getInputShapes());
        }
        return arrays;
    }

    /** One axis more, and a batch would be taken for what the members see each by itself. */
    private static void requireOneExample(NDList arrays, Shape[] bases) {
        for (int i = 0; i < Math.min(arrays.size(), bases.length); i++) {
            Shape expected = bases[i].slice(1);
            Shape given = arrays.get(i).getShape();
            if (given.dimension() != expected.dimension()) {
                throw new IllegalArgumentException(
                        "One example has the shape %s, but the input has %s: give each example by itself, several with batchPredict"
                                .formatted(expected, given));
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public O processOutput(TranslatorContext context, NDList output) {
        NDArray given = output.singletonOrThrow();
        Shape shape = given.getShape();
        requireOutputs(shape, 2);
        return answers.answer(numbers(given), (int) shape.get(0));
    }

    /** Copies the batch from the device at once. */
    @Override
    public List<O> batchProcessOutput(TranslatorContext context, NDList list) throws Exception {
        if (list.isEmpty() || !(getBatchifier() == Batchifier.STACK)) {
            return Translator.super.batchProcessOutput(context, list);
        }
        NDArray given = list.singletonOrThrow();
        Shape shape = given.getShape();
        requireOutputs(shape, 3);
        return answer(numbers(given), (int) shape.get(1));
    }

    /** The answers to several examples. */
    List<O> answer(float[] numbers, int members) {
        int row = members * outputs;
        List<O> all = new ArrayList<>(numbers.length / row);
        for (int at = 0; at < numbers.length; at += row) {
            all.add(answers.answer(Arrays.copyOfRange(numbers, at, at + row), members));
        }
        return all;
    }

    static float[] numbers(NDArray given) {
        return given.toType(DataType.FLOAT32, false).toFloatArray();
    }

    void requireOutputs(Shape shape, int axes) {
        if (shape.dimension() != axes || shape.get(axes - 1) != outputs) {
            throw new IllegalArgumentException(
                    "An ensemble answers with [members, outputs] for one example, but this one with %s for %d class names: give the name of every class"
                            .formatted(shape, outputs));
        }
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
