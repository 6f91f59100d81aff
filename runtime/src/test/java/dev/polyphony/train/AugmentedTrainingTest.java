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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import dev.polyphony.BatchSplit;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.augment.AugMix;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.Cutout;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.data.augment.ImageBatch;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.data.augment.RandomCrop;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentedTrainingTest {

    private static final LabeledData STRIPES = TestData.stripes(96, 3);

    private static final Augmentation ALL =
            Augmentation.of(
                    RandomCrop.of(1),
                    HorizontalFlip.of(0.5),
                    Cutout.of(1),
                    AugMix.of(-1, 2),
                    PixelMix.cutMix(1).probability(0.5));

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(3),
                MimoForm.of(2).batchRepetitions(2),
                MixMoForm.of(2).batchRepetitions(2),
                MixMoForm.of(3).batchRepetitions(2),
                BatchEnsembleForm.of(3),
                BatchEnsembleForm.of(4).split(BatchSplit.SUB_BATCH),
                MasksemblesForm.of(4),
                SubEnsembleForm.of(3));
    }

    /** Sees what the others made of a batch. */
    private static final class Watch implements Augmentation {

        private final List<ImageBatch> shapes = new ArrayList<>();
        private final List<float[]> targets = new ArrayList<>();

        @Override
        public ImageBatch apply(ImageBatch batch, Random random) {
            shapes.add(batch);
            targets.add(batch.targets().toFloatArray());
            return batch;
        }
    }

    private static Training.Builder settings() {
        return Training.builder().optBatchSize(32).optEpochs(2).optLearningRate(0.01).optSeed(5);
    }

    private static Supplier<Ensemble> network(Form form) {
        return () -> new EnsembleCnn(form, 3);
    }

    private static float[] logits(Form form, Training.Builder settings) {
        Trained trained =
                new TrainingLoop(Recipe.of(form), settings.build(), Progress.none())
                        .train("test", network(form), STRIPES, STRIPES);
        try (trained) {
            return MemberPrediction.logits(
                    trained.ensemble(), trained.model().getNDManager(), STRIPES);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyMethodLearnsWithIt(Form form) {
        Training training = settings().optEpochs(10).optAugmentation(ALL).build();
        Trained trained =
                new TrainingLoop(Recipe.of(form), training, Progress.none())
                        .train("test", network(form), STRIPES, STRIPES);
        trained.close();
        List<History.Epoch> epochs = trained.history().epochs();
        assertTrue(epochs.get(9).trainingLoss() < epochs.get(0).trainingLoss(), epochs::toString);
        assertTrue(epochs.get(9).validationAccuracy() > 0.6, epochs::toString);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void seedDecidesIt(Form form) {
        float[] first = logits(form, settings().optAugmentation(ALL));
        assertArrayEquals(first, logits(form, settings().optAugmentation(ALL)));
        assertArrayEquals(first, logits(form, settings().optAugmentation(ALL).optResidentLimit(0)));
        assertFalse(Arrays.equals(first, logits(form, settings())));
    }

    @Test
    void copiesOfAModelLearnWithIt() {
        Form form = DeepEnsembleForm.of(2);
        Trained trained =
                new TrainingLoop(
                                Recipe.of(form),
                                settings().optAugmentation(ALL).optEpochs(6).build(),
                                Progress.none())
                        .train("test", () -> new Copies(2), STRIPES, null);
        trained.close();
        List<History.Epoch> epochs = trained.history().epochs();
        assertTrue(epochs.get(5).trainingLoss() < epochs.get(0).trainingLoss(), epochs::toString);
    }

    /** A deep ensemble of one layer. */
    private static final class Copies extends Ensemble {

        Copies(int members) {
            super(
                    DeepEnsembleForm.of(members),
                    () ->
                            new SequentialBlock()
                                    .add(Blocks.batchFlattenBlock())
                                    .add(Linear.builder().setUnits(3).build()));
        }
    }

    /** Members that share a batch have one image, all others their own. */
    @ParameterizedTest
    @MethodSource("forms")
    void seesEachMembersImages(Form form) {
        Watch watch = new Watch();
        logits(form, settings().optAugmentation(watch));
        int steps = watch.shapes.size();
        assertEquals(form instanceof MimoForm || form instanceof MixMoForm ? 12 : 6, steps);
        ImageBatch batch = watch.shapes.get(0);
        boolean shared =
                form instanceof PackedForm
                        || form instanceof SubEnsembleForm
                        || form instanceof BatchEnsembleForm batches
                                && batches.getSplit() == BatchSplit.TILED;
        assertEquals(shared ? 1 : form.getMembers(), batch.members());
        assertEquals(form instanceof MixMoForm, batch.mix() != null);
        for (float[] targets : watch.targets) {
            for (int i = 0; i < targets.length; i += 3) {
                float sum = targets[i] + targets[i + 1] + targets[i + 2];
                assertEquals(1, sum);
            }
        }
    }

    @Test
    void changesNoValidationImages() {
        Augmentation black = (batch, random) -> batch.withImages(batch.images().zerosLike());
        Form form = PackedForm.of(2);
        float[] given = logits(form, settings().optAugmentation(black));
        // a network that was trained on black images still sees those of a prediction
        assertFalse(Arrays.equals(Arrays.copyOf(given, 6), Arrays.copyOfRange(given, 6, 12)));
    }

    @Test
    void refusesExamplesThatAreNoImages() {
        Form form = PackedForm.of(2);
        TrainingLoop loop =
                new TrainingLoop(
                        Recipe.of(form),
                        settings().optAugmentation(Cutout.of(2)).build(),
                        Progress.none());
        LabeledData moons = TestData.moons(64, 0.1, 1);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.train("test", () -> EnsembleMlp.of(form, 8, 2), moons, null));
        assertTrue(e.getMessage().contains("the examples are (2)"), e.getMessage());
    }

    @Test
    void refusesLossesThatTakeNoSoftLabels() {
        MimoForm form = MimoForm.of(2).batchRepetitions(1);
        Training mixed = settings().optAugmentation(PixelMix.mixup(1)).build();
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> train(Recipe.sameInputs(form), mixed));
        assertTrue(e.getMessage().contains("which the loss"), e.getMessage());
        assertTrue(e.getMessage().contains("MeanLogitsLoss does not take"), e.getMessage());
        Training sparse =
                settings().optAugmentation(PixelMix.mixup(1)).optLoss(new ClassLoss()).build();
        Recipe packed = Recipe.of(PackedForm.of(2));
        IllegalArgumentException own =
                assertThrows(IllegalArgumentException.class, () -> train(packed, sparse));
        assertTrue(own.getMessage().contains("does not take"), own.getMessage());
        train(packed, settings().optLoss(new ClassLoss()).build());
        // without mixing, both are welcome
        train(Recipe.sameInputs(form), settings().optAugmentation(Cutout.of(2)).build());
    }

    private static void train(Recipe recipe, Training training) {
        new TrainingLoop(recipe, training, Progress.none())
                .train("test", network(recipe.form()), STRIPES, null)
                .close();
    }

    /** A loss of the user's own that reads the first number of a label as its class. */
    private static final class ClassLoss extends Loss {

        ClassLoss() {
            super("class");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            long rows = predictions.head().getShape().get(0);
            NDArray classes = labels.head().reshape(rows, -1).get(":, 0:1");
            return predictions
                    .head()
                    .logSoftmax(1)
                    .gather(classes.toType(DataType.INT64, false), 1)
                    .mean()
                    .neg();
        }
    }

    /** A loss of the user's own that takes both. */
    private static final class BothLoss extends Loss {

        private final MemberLoss loss = new MemberLoss(Reduction.MEAN);

        BothLoss() {
            super("both");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return loss.evaluate(labels, predictions);
        }
    }

    @Test
    void takesLossesOfTheUsersThatTakeSoftLabels() {
        Form form = PackedForm.of(2);
        Training mixed = settings().optAugmentation(PixelMix.mixup(1)).build();
        train(Recipe.of(form).withLoss(new BothLoss()), mixed);
    }

    /** Mixed images of several labels have mixed labels. */
    @Test
    void mixesSeveralLabels() {
        int[][] labels = new int[96][];
        for (int i = 0; i < 96; i++) {
            labels[i] = new int[] {i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 0 : 1};
        }
        LabeledData data = STRIPES.withMultiLabels(labels);
        Form form = PackedForm.of(2);
        Watch watch = new Watch();
        Training training =
                settings().optAugmentation(Augmentation.of(PixelMix.mixup(1), watch)).build();
        new TrainingLoop(Recipe.of(form), training, Progress.none())
                .train("test", () -> new EnsembleCnn(form, 2), data, data)
                .close();
        int soft = 0;
        for (float[] targets : watch.targets) {
            for (float target : targets) {
                assertTrue(target >= 0 && target <= 1);
                soft += target > 0.01 && target < 0.99 ? 1 : 0;
            }
        }
        assertTrue(soft > 50, "soft: " + soft);
    }
}
