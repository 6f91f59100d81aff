/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.TrainingDivergedException;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import dev.polyphony.BatchSplit;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleIdEmbedding;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingLoopTest {

    private static final LabeledData MOONS = TestData.moons(600, 0.15, 1);

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(3),
                MimoForm.of(2).batchRepetitions(2),
                MixMoForm.of(2).method(MixMethod.LINEAR).batchRepetitions(2),
                BatchEnsembleForm.of(3),
                BatchEnsembleForm.of(4).split(BatchSplit.SUB_BATCH),
                MasksemblesForm.of(4),
                SubEnsembleForm.of(3),
                DeepEnsembleForm.of(2),
                DeepEnsembleForm.of(2).vectorized(true),
                DeepEnsembleForm.of(1),
                MixMoForm.of(1).method(MixMethod.LINEAR),
                MimoForm.of(1));
    }

    private static Training.Builder settings() {
        return Training.builder().optBatchSize(32).optEpochs(3).optLearningRate(0.01).optSeed(5);
    }

    private static float[] logits(
            Supplier<Ensemble> network, Recipe recipe, Training training, LabeledData data) {
        Trained trained =
                new TrainingLoop(recipe, training, Progress.none())
                        .train("test", network, data, null);
        try (trained) {
            return MemberPrediction.logits(
                    trained.ensemble(), trained.model().getNDManager(), data);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void learns(Form form) {
        TrainingLoop loop =
                new TrainingLoop(
                        Recipe.of(form), settings().optEpochs(12).build(), Progress.none());
        Trained trained = loop.train("test", () -> EnsembleMlp.of(form, 24, 2), MOONS, MOONS);
        trained.close();
        History.Epoch last = trained.history().epochs().get(11);
        assertTrue(last.validationAccuracy() > 0.93, form + ": " + last);
        assertTrue(last.validationLoss() < 0.25, form + ": " + last);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void sameSeedGivesTheSameBits(Form form) {
        Supplier<Ensemble> network = () -> EnsembleMlp.of(form, 12, 2);
        float[] first = logits(network, Recipe.of(form), settings().build(), MOONS);
        float[] second = logits(network, Recipe.of(form), settings().build(), MOONS);
        assertArrayEquals(first, second);
        float[] other = logits(network, Recipe.of(form), settings().optSeed(6).build(), MOONS);
        assertFalse(Arrays.equals(first, other));
    }

    @Test
    void sameSeedGivesTheSameBitsWithDropoutAndMasks() {
        LabeledData data = TestData.stripes(96, 3);
        MixMoForm form = MixMoForm.of(3).batchRepetitions(2);
        Supplier<Ensemble> network = () -> new EnsembleCnn(form, 3);
        float[] first = logits(network, Recipe.of(form), settings().build(), data);
        assertArrayEquals(first, logits(network, Recipe.of(form), settings().build(), data));
    }

    @ParameterizedTest
    @EnumSource(MixMethod.class)
    void everyWayToMixLearns(MixMethod method) {
        LabeledData data = TestData.stripes(96, 3);
        MixMoForm form = MixMoForm.of(2).method(method).probability(1).batchRepetitions(2);
        Trained trained =
                new TrainingLoop(Recipe.of(form), settings().optEpochs(6).build(), Progress.none())
                        .train("test", () -> new EnsembleCnn(form, 3), data, null);
        trained.close();
        List<History.Epoch> epochs = trained.history().epochs();
        assertTrue(epochs.get(5).trainingLoss() < epochs.get(0).trainingLoss(), epochs::toString);
    }

    /** The engine records graphs on every thread but the first, unless told otherwise. */
    @Test
    void trainsOnAnyThread() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        Supplier<Ensemble> network = () -> EnsembleMlp.of(recipe.form(), 8, 2);
        Training training =
                settings().optOptimizer(OptimizerType.NESTEROV).optWeightDecay(1e-3).build();
        float[] other =
                CompletableFuture.supplyAsync(() -> logits(network, recipe, training, MOONS))
                        .join();
        assertArrayEquals(logits(network, recipe, training, MOONS), other);
    }

    @Test
    void countsAllUpdates() {
        Recipe recipe = Recipe.of(MimoForm.of(2).batchRepetitions(4));
        Trained trained =
                new TrainingLoop(recipe, settings().build(), Progress.none())
                        .train("test", () -> EnsembleMlp.of(recipe.form(), 8, 2), MOONS, null);
        trained.close();
        // 600 examples, 4 times each, in batches of 32, for 3 epochs
        assertEquals(3 * 75, trained.history().steps());
        assertEquals(Aggregation.PROBABILITIES, recipe.aggregation());
        assertTrue(Double.isNaN(trained.history().epochs().get(0).validationAccuracy()));
    }

    @Test
    void saysWhatToDoWhenTheLossIsNotFinite() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        Training wild = settings().optOptimizer(OptimizerType.SGD).optLearningRate(1e20f).build();
        TrainingDivergedException e =
                assertThrows(
                        TrainingDivergedException.class,
                        () ->
                                logits(
                                        () -> EnsembleMlp.of(recipe.form(), 8, 2),
                                        recipe,
                                        wild,
                                        MOONS));
        assertTrue(e.getMessage().contains("Lower the learning rate (now 1.0E20)"), e.getMessage());
    }

    @Test
    void refusesARecipeOfAnotherForm() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                logits(
                                        () -> EnsembleMlp.of(MimoForm.of(2), 8, 2),
                                        recipe,
                                        settings().build(),
                                        MOONS));
        assertTrue(e.getMessage().contains("recipe is that of Packed"), e.getMessage());
    }

    private static final class Bags extends Ensemble {

        Bags(PackedForm form) {
            super(
                    form,
                    new SequentialBlock()
                            .add(
                                    EnsembleIdEmbedding.builder(form)
                                            .setDictionarySize(50)
                                            .setEmbeddingSize(4)
                                            .build())
                            .add(Blocks.batchFlattenBlock())
                            .add(EnsembleLinear.builder(form).setUnits(2).build()));
        }
    }

    @Test
    void refusesToLookUpFractions() {
        PackedForm form = PackedForm.of(2);
        Training training = settings().optEpochs(1).build();
        float[] features = {1, 2, 3, 4, 5, 49};
        int[] labels = {0, 1, 0};
        Shape two = new Shape(2);
        LabeledData whole = LabeledData.of(features.clone(), two, labels);
        float[] asNumbers = logits(() -> new Bags(form), Recipe.of(form), training, whole);
        assertArrayEquals(
                logits(() -> new Bags(form), Recipe.of(form), training, whole.toIds()), asNumbers);
        features[4] = 38.7f;
        LabeledData broken = LabeledData.of(features, two, labels);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> logits(() -> new Bags(form), Recipe.of(form), training, broken));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "The network fails on the training data, (2) of the data type float32:"
                                        + " IdEmbedding(50, "),
                e.getMessage());
        assertTrue(e.getMessage().contains("looks 38.7 up, which is no id"), e.getMessage());
    }

    @Test
    void refusesMoreClassesThanOutputs() {
        Recipe recipe = Recipe.of(PackedForm.of(2));
        LabeledData three = TestData.stripes(12, 1);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                logits(
                                        () -> new EnsembleCnn(recipe.form(), 2),
                                        recipe,
                                        settings().build(),
                                        three));
        assertEquals("The data have 3 classes, but the model has 2 outputs", e.getMessage());
    }
}
