/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.loss.BinaryMemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.loss.SquaredMemberLoss;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method with several labels, and with numbers to predict. */
class TaskTest {

    private static final int SIZE = 480;
    private static final LabeledData LABELS = labels();
    private static final LabeledData NUMBERS = numbers();

    private static float[] plane() {
        Random random = new Random(3);
        float[] features = new float[2 * SIZE];
        for (int i = 0; i < features.length; i++) {
            features[i] = 2 * random.nextFloat() - 1;
        }
        return features;
    }

    /** Above one diagonal, above the other, and within a circle. */
    private static LabeledData labels() {
        float[] x = plane();
        int[][] labels = new int[SIZE][];
        for (int i = 0; i < SIZE; i++) {
            float a = x[2 * i];
            float b = x[2 * i + 1];
            labels[i] = new int[] {a > b ? 1 : 0, a > -b ? 1 : 0, a * a + b * b < 0.6 ? 1 : 0};
        }
        return LabeledData.unlabeled(x, new Shape(2)).withMultiLabels(labels);
    }

    private static LabeledData numbers() {
        float[] x = plane();
        float[][] targets = new float[SIZE][];
        for (int i = 0; i < SIZE; i++) {
            float a = x[2 * i];
            float b = x[2 * i + 1];
            targets[i] = new float[] {a * b + b, (float) Math.sin(2 * a)};
        }
        return LabeledData.unlabeled(x, new Shape(2)).withTargets(targets);
    }

    private static History.Epoch[] train(Form form, LabeledData data) {
        Recipe recipe = Recipe.of(form).forTask(data.getTask());
        Training training =
                Training.builder()
                        .optBatchSize(32)
                        .optEpochs(16)
                        .optLearningRate(0.01)
                        .optSeed(2)
                        .build();
        Trained trained =
                new TrainingLoop(recipe, training, Progress.none())
                        .train(
                                "test",
                                () -> EnsembleMlp.of(form, 32, data.getOutputs()),
                                data,
                                data);
        trained.close();
        List<History.Epoch> epochs = trained.history().epochs();
        return new History.Epoch[] {epochs.get(0), epochs.get(epochs.size() - 1)};
    }

    @ParameterizedTest
    @MethodSource("dev.polyphony.train.TrainingLoopTest#forms")
    void learnsLabels(Form form) {
        History.Epoch[] epochs = train(form, LABELS);
        assertTrue(epochs[1].trainingLoss() < 0.7 * epochs[0].trainingLoss(), form::toString);
        // each of the labels alone is right in half to 0.6 of all cases
        assertTrue(epochs[1].validationAccuracy() > 0.85, form + ": " + epochs[1]);
        assertTrue(epochs[1].validationLoss() < 0.4, form + ": " + epochs[1]);
    }

    @ParameterizedTest
    @MethodSource("dev.polyphony.train.TrainingLoopTest#forms")
    void learnsNumbers(Form form) {
        History.Epoch[] epochs = train(form, NUMBERS);
        assertTrue(epochs[1].trainingLoss() < 0.7 * epochs[0].trainingLoss(), form::toString);
        // the variance of the targets is about 0.5
        assertTrue(epochs[1].validationLoss() < 0.08, form + ": " + epochs[1]);
        assertTrue(Double.isNaN(epochs[1].validationAccuracy()));
    }

    /** The squared error as users write it, which broadcasts what does not fit. */
    private static final class OwnSquaredError extends Loss {

        OwnSquaredError() {
            super("OwnSquaredError");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return predictions.head().sub(labels.head()).square().mean();
        }
    }

    private static LabeledData firstOf(LabeledData data, int targets) {
        float[] all = data.getTargets();
        float[][] first = new float[data.size()][];
        for (int i = 0; i < first.length; i++) {
            int from = i * data.getOutputs();
            first[i] = Arrays.copyOfRange(all, from, from + targets);
        }
        return LabeledData.unlabeled(data.getFeatures(), data.getShape()).withTargets(first);
    }

    private static double lossOf(Form form, LabeledData data, Training.Builder training) {
        Recipe recipe = Recipe.of(form);
        try (Trained trained =
                new TrainingLoop(recipe, training.optEpochs(2).build(), Progress.none())
                        .train(
                                "test",
                                () -> EnsembleMlp.of(form, 8, data.getOutputs()),
                                data,
                                null)) {
            return trained.history().epochs().get(1).trainingLoss();
        }
    }

    /** Also where there are as many targets as members, whose labels are no classes of members. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2"})
    void anOwnLossSeesTheTargetsOfEachMember(int members, int targets) {
        LabeledData data = firstOf(NUMBERS, targets);
        List<Form> forms = List.of(PackedForm.of(members), DeepEnsembleForm.of(members));
        for (Form form : forms) {
            double usual = lossOf(form, data, Training.builder());
            Training.Builder own = Training.builder().optLoss(new OwnSquaredError());
            assertEquals(usual, lossOf(form, data, own), 1e-5 * usual, form::toString);
        }
    }

    @Test
    void lossKeepsTheMethodsReduction() {
        Recipe mimo = Recipe.of(MimoForm.of(2));
        assertSame(mimo, mimo.forTask(Task.CLASSIFICATION));
        BinaryMemberLoss sum = (BinaryMemberLoss) mimo.forTask(Task.MULTI_LABEL).loss();
        assertSame(Reduction.SUM, sum.getReduction());
        Recipe packed = Recipe.of(PackedForm.of(2)).forTask(Task.REGRESSION);
        assertSame(Reduction.MEAN, ((SquaredMemberLoss) packed.loss()).getReduction());
        assertEquals(
                "the same batch for all members; mean of the members' squared errors; mean of the members' predictions",
                packed.toString());
        Recipe own = mimo.withLoss(new SquaredMemberLoss(Reduction.MEAN));
        assertSame(own, own.forTask(Task.MULTI_LABEL), "the user's own loss stays");
        Recipe same = Recipe.sameInputs(MimoForm.of(2));
        assertThrows(IllegalArgumentException.class, () -> same.forTask(Task.REGRESSION));
    }

    /** What the loss is at the start is what the network says before the first update. */
    @Test
    void historyHasTheMeanSquaredError() {
        Form form = PackedForm.of(2);
        Trained trained =
                new TrainingLoop(
                                Recipe.of(form).forTask(Task.REGRESSION),
                                Training.builder().optEpochs(1).build(),
                                Progress.none())
                        .train("test", () -> EnsembleMlp.of(form, 8, 2), NUMBERS, NUMBERS);
        try (trained) {
            RegressionPredictions given =
                    MemberPrediction.predictNumbers(
                            trained.ensemble(), trained.model().getNDManager(), NUMBERS);
            double sum = 0;
            float[] right = NUMBERS.getTargets();
            for (int at = 0; at < right.length; at++) {
                double[][] members = given.getMemberOutputs()[at / 2];
                double error = (members[0][at % 2] + members[1][at % 2]) / 2 - right[at];
                sum += error * error / right.length;
            }
            assertEquals(sum, trained.history().epochs().get(0).validationLoss(), 1e-9);
        }
    }

    @Test
    void modelsMustGiveWhatTheDataAskFor() {
        Form form = PackedForm.of(2);
        TrainingLoop loop =
                new TrainingLoop(
                        Recipe.of(form).forTask(Task.REGRESSION),
                        Training.builder().build(),
                        Progress.none());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.train("test", () -> EnsembleMlp.of(form, 8, 3), NUMBERS, null));
        assertEquals("The data have 2 targets, but the model has 3 outputs", e.getMessage());
    }
}
