/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.augment.AugMix;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.progress.Progress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AugMix with its Jensen-Shannon loss, in the loop. */
class ConsistencyTrainingTest {

    private static final LabeledData IMAGES = TestData.stripes(40, 1);

    /** No normalisation and no dropout: what is said of a row depends on it alone. */
    private static Ensemble network(Form form) {
        return form instanceof DeepEnsembleForm deep ? new Copies(deep) : new Shared(form);
    }

    private static final class Shared extends Ensemble {

        Shared(Form form) {
            super(
                    form,
                    new SequentialBlock()
                            .add(Blocks.batchFlattenBlock())
                            .add(EnsembleLinear.builder(form).setUnits(12).build())
                            .add(Activation::relu)
                            .add(EnsembleLinear.builder(form).setUnits(3).build()));
        }
    }

    private static final class Copies extends Ensemble {

        Copies(DeepEnsembleForm form) {
            super(form, Copies::plain);
        }

        private static Block plain() {
            return new SequentialBlock()
                    .add(Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(12).build())
                    .add(Activation::relu)
                    .add(Linear.builder().setUnits(3).build());
        }
    }

    /** The loss of a training in which nothing is learned. */
    private static double loss(Form form, Augmentation augmentation, int parts) {
        Training training =
                Training.builder()
                        .optEpochs(1)
                        .optBatchSize(16)
                        .optLearningRate(1e-12)
                        .optAccumulation(parts)
                        .optAugmentation(augmentation)
                        .build();
        try (Trained trained =
                new TrainingLoop(Recipe.of(form), training, Progress.none())
                        .train("test", () -> network(form), IMAGES, null)) {
            return trained.history().epochs().get(0).trainingLoss();
        }
    }

    static Stream<Form> forms() {
        return Stream.of(
                DeepEnsembleForm.of(1),
                DeepEnsembleForm.of(2),
                PackedForm.of(2),
                BatchEnsembleForm.of(2),
                MasksemblesForm.of(2),
                MimoForm.of(2),
                MixMoForm.of(2).method(MixMethod.LINEAR));
    }

    /** The members' losses of images as they are, and so many times the divergence. */
    @ParameterizedTest
    @MethodSource("forms")
    void theDivergenceIsAddedToTheLossOfImagesAsTheyAre(Form form) {
        AugMix mix = AugMix.of(0, 1);
        double none = loss(form, null, 1);
        double once = loss(form, mix.consistency(12), 1);
        double twice = loss(form, mix.consistency(24), 1);
        assertTrue(once - none > 1e-3, once + " and without " + none);
        assertEquals(once - none, twice - once, 1e-4 * twice);
        assertEquals(once, loss(form, mix.consistency(12), 2), 1e-4 * once);
    }

    /** What comes before is done once, to all forms. */
    @Test
    void goesWithOtherAugmentations() {
        Form form = PackedForm.of(2);
        Augmentation before = Augmentation.of(HorizontalFlip.of(0.5), PixelMix.cutMix(1));
        double without = loss(form, before, 1);
        double with =
                loss(
                        form,
                        Augmentation.of(
                                HorizontalFlip.of(0.5),
                                PixelMix.cutMix(1),
                                AugMix.of(0, 1).consistency(1e-9)),
                        1);
        assertEquals(without, with, 1e-5);
    }

    @Test
    void comesLast() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        loss(
                                                PackedForm.of(2),
                                                Augmentation.of(
                                                        AugMix.of(0, 1).consistency(12),
                                                        HorizontalFlip.of(0.5)),
                                                1))
                        .getMessage();
        assertTrue(message.contains("put it last"), message);
    }
}
