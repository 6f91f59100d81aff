/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.PreProcessor;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.JsonSerializable;
import ai.djl.util.Pair;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.model.ModelFolder;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the translators of a model folder, by what its {@code model.json} says:
 *
 * <pre>{@code
 * Criteria<Image, EnsembleClassifications> criteria =
 *         Criteria.builder()
 *                 .setTypes(Image.class, EnsembleClassifications.class)
 *                 .optModelPath(folder)
 *                 .optTranslatorFactory(new EnsembleTranslatorFactory())
 *                 .build();
 * }</pre>
 *
 * <p>DJL Serving, whose types are {@link Input} and {@link Output}, finds this class by the
 * folder's {@code serving.properties}; DJL itself looks there for it only with these two types.
 *
 * <p>Inputs are {@code NDList}, {@code NDArray} and {@code float[]} for arrays, which are taken as
 * preprocessing leaves them; {@code Image} and {@code BufferedImage} for images; {@code Map} and
 * {@code List} for rows of tables. Outputs are {@link EnsembleClassifications}, {@link
 * EnsembleLabels} or {@link EnsembleRegression}, as the model's task is.
 */
public final class EnsembleTranslatorFactory implements TranslatorFactory {

    private static final List<Class<?>> ANSWERS =
            List.of(
                    EnsembleClassifications.class,
                    Classifications.class,
                    EnsembleLabels.class,
                    EnsembleRegression.class,
                    JsonSerializable.class);

    /** Creates the factory, as DJL does. */
    public EnsembleTranslatorFactory() {}

    /** {@inheritDoc} */
    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        Set<Pair<Type, Type>> types = new HashSet<>();
        for (Class<?> input : Readers.types()) {
            ANSWERS.forEach(answer -> types.add(new Pair<>(input, answer)));
        }
        types.add(new Pair<>(Input.class, Output.class));
        types.add(new Pair<>(NDList.class, NDList.class));
        return types;
    }

    /** {@inheritDoc} */
    @Override
    @SuppressWarnings("unchecked")
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
            throws TranslateException {
        if (input == NDList.class && output == NDList.class) {
            return (Translator<I, O>) new NoopTranslator();
        }
        ModelDescription description;
        try {
            description = ModelFolder.describe(model.getModelPath()).getDescription();
        } catch (IOException e) {
            throw new TranslateException(e.getMessage(), e);
        }
        if (input == Input.class && output == Output.class) {
            return (Translator<I, O>) new EnsembleServingTranslator(description);
        }
        return newTranslator(input, output, description);
    }

    /**
     * Creates a translator.
     *
     * @param <I> the type of the input
     * @param <O> the type of the answer
     * @param input the type of the input
     * @param output the type of the answer
     * @param model what is known of the model
     * @return the translator
     * @throws IllegalArgumentException if the model takes or gives no such type; names those that
     *     it does
     */
    @SuppressWarnings("unchecked")
    public static <I, O> Translator<I, O> newTranslator(
            Class<I> input, Class<O> output, ModelDescription model) {
        Class<?> answer = Answers.typeOf(model.task());
        if (!output.isAssignableFrom(answer)) {
            throw new IllegalArgumentException(
                    "The model %s answers with %s, as its task is %s, but not with %s"
                            .formatted(
                                    model.name(),
                                    answer.getName(),
                                    model.task(),
                                    output.getName()));
        }
        Map<Class<?>, PreProcessor<?>> readers = Readers.of(model.input());
        PreProcessor<?> reader = readers.get(input);
        if (reader == null) {
            throw new IllegalArgumentException(
                    "The model %s takes %s, but not %s; its input is %s"
                            .formatted(
                                    model.name(),
                                    readers.keySet().stream()
                                            .map(Class::getSimpleName)
                                            .collect(Collectors.joining(", ")),
                                    input.getName(),
                                    model.input()));
        }
        return new EnsembleTranslator<>(
                (PreProcessor<I>) reader,
                model.network().outputs(),
                (Answers<? extends O>) Answers.of(model));
    }
}
