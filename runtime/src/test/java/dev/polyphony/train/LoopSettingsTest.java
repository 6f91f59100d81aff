/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Accuracy;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Harness;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What settings of the loop are refused, and what they make of a recipe. */
class LoopSettingsTest {

    private static Arguments refused(UnaryOperator<Training.Builder> settings, String words) {
        return Arguments.of(settings, words);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        b -> b.optAccumulation(0),
                        "The parts of a batch must be at least 1, but was 0"),
                refused(b -> b.optPatience(-1), "The patience must be at least 0, but was -1"),
                refused(
                        b -> b.optLabelSmoothing(1),
                        "The label smoothing must be from 0 to below 1, but was 1.0"),
                refused(
                        b -> b.optLabelSmoothing(Double.NaN),
                        "The label smoothing must be from 0 to below 1, but was NaN"),
                refused(
                        b -> b.optClassWeights(1, -1),
                        "The weight of a class must be at least 0, but was -1.0"),
                refused(
                        b -> b.optClassWeights(0, 0),
                        "The sum of the class weights must be above 0, but was 0.0"),
                refused(
                        b -> b.optClassWeights(1, 2).optBalancedClasses(true),
                        "Class weights are given and are to be balanced from the labels: set optClassWeights or optBalancedClasses"),
                refused(
                        b -> b.optMomentum(0.5),
                        "A momentum of 0.5 is one of gradient descent, but the optimizer is ADAM: leave it out, or choose SGD or NESTEROV"),
                refused(
                        b -> b.optDivergence(1),
                        "The factor of divergence must be above 1, or 0 for none, but was 1.0"),
                refused(
                        b -> b.optThreads(-1),
                        "The number of threads must be at least 1, or 0 for a choice, but was -1"),
                refused(
                        b -> b.optLoss(new MemberLoss(Reduction.SUM)),
                        "optLoss takes a loss of one model's predictions [B, C], but MemberLoss is one of all members': give it with optRecipe(getRecipe().withLoss(...))"),
                refused(
                        b ->
                                b.optLoss(new SmoothedLossTest.PlainCrossEntropy())
                                        .optLabelSmoothing(0.1),
                        "Label smoothing and class weights belong to the cross-entropy: leave them out, or optLoss (now PlainCrossEntropy)"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatMakesNoSense(UnaryOperator<Training.Builder> settings, String words) {
        Training.Builder builder = settings.apply(Training.builder());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals(words, e.getMessage());
    }

    private static final LabeledData DATA = TestData.moons(40, 0.1, 1);

    private static IllegalArgumentException check(Recipe recipe, Training.Builder training) {
        Form form = recipe.form();
        TrainingLoop loop = new TrainingLoop(recipe, training.build(), Progress.none());
        return assertThrows(
                IllegalArgumentException.class,
                () -> loop.check(() -> EnsembleMlp.of(form, 8, 2), DATA, Map.of()));
    }

    /** Before anything is trained. */
    @Test
    void refusesWhatDoesNotGoWithTheRecipe() {
        Training.Builder plain =
                Training.builder().optLoss(new SmoothedLossTest.PlainCrossEntropy());
        MixMoForm mixMo = MixMoForm.of(2).method(MixMethod.LINEAR);
        String mixed = check(Recipe.of(mixMo), plain).getMessage();
        assertTrue(mixed.startsWith("MixMo weighs the loss of each example, but Plain"), mixed);
        Training.Builder smooth = Training.builder().optLabelSmoothing(0.1);
        assertEquals(
                "Label smoothing and class weights belong to MemberLoss, but the recipe has the loss of the members' mean logits",
                check(Recipe.sameInputs(MimoForm.of(2)), smooth).getMessage());
        Training.Builder three = Training.builder().optClassWeights(1, 2, 3);
        assertEquals(
                "There are 3 class weights, but the network tells 2 classes apart",
                check(Recipe.of(PackedForm.of(2)), three).getMessage());
    }

    private static String refusal(LabeledData validation) {
        Form form = PackedForm.of(2);
        Progress atMostBegins =
                new Progress() {
                    @Override
                    public void onBegin(Run run) {
                        throw new IllegalStateException("training has begun");
                    }

                    @Override
                    public void onStep(int epoch, int step, double loss) {}

                    @Override
                    public void onEpoch(History.Epoch epoch) {}

                    @Override
                    public void onEnd() {}
                };
        TrainingLoop loop =
                new TrainingLoop(Recipe.of(form), Training.builder().build(), atMostBegins);
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.train("t", () -> EnsembleMlp.of(form, 8, 2), DATA, validation))
                .getMessage();
    }

    /** And not when the first epoch is over. */
    @Test
    void refusesValidationDataThatDoNotFitBeforeTheFirstStep() {
        LabeledData bare = LabeledData.unlabeled(DATA.getFeatures(), DATA.getShape());
        assertEquals(
                "The validation data have no labels: each epoch is judged on them", refusal(bare));
        assertEquals(
                "The training data are of the task CLASSIFICATION, but the validation data of the task REGRESSION",
                refusal(bare.withTargets(new float[DATA.size()][2])));
        assertEquals(
                "The validation data have 3 classes, but the model has 2 outputs",
                refusal(LabeledData.of(new float[6], new Shape(2), new int[] {0, 1, 2})));
        String shape = refusal(LabeledData.of(new float[6], new Shape(3), new int[] {0, 1}));
        assertTrue(
                shape.startsWith("The network fails on example 0 of the validation data, (3) of"),
                shape);
    }

    @Test
    void balancedClassesCountEqually() {
        LabeledData data =
                LabeledData.of(
                        new float[10], new Shape(1), new int[] {0, 1, 1, 1, 2, 2, 2, 2, 2, 2});
        Training balanced = Training.builder().optBalancedClasses(true).build();
        Recipe recipe = Recipe.of(PackedForm.of(2)).with(balanced.loop(), data, 3);
        // 10 / (3 * 1), 10 / (3 * 3), 10 / (3 * 6)
        MemberLoss expected =
                new MemberLoss(Reduction.MEAN).withClassWeights(10 / 3.0, 10 / 9.0, 10 / 18.0);
        assertEquals(expected.toString(), recipe.loss().toString());
        IllegalArgumentException missing =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Recipe.of(PackedForm.of(2)).with(balanced.loop(), data, 4));
        assertTrue(
                missing.getMessage().contains("no training example is of class 3 of 0 to 3"),
                missing::getMessage);
    }

    /** All of them reach the training from the harness, and stay where a builder is copied. */
    @Test
    void harnessesHaveTheSameSettings() {
        PackedForm form = PackedForm.of(2);
        Harness harness = new Harness("test", () -> EnsembleMlp.of(form, 4, 2), Recipe.of(form)) {};
        Training training =
                harness
                        .optEvaluator(new Accuracy())
                        .optAccumulation(2)
                        .optSelection(Selection.leastLoss())
                        .optPatience(3)
                        .optClassWeights(1, 2)
                        .optLabelSmoothing(0.1)
                        .optDivergence(50)
                        .optThreads(2)
                        .optDevice("cpu")
                        .optLearningRate(0.5)
                        .optClipNorm(2)
                        .getTraining()
                        .toBuilder()
                        .optEpochs(2)
                        .build();
        LoopSettings<?> loop = training.loop();
        assertEquals(1, loop.evaluators.size());
        assertEquals(2, training.getAccumulation());
        assertEquals(3, loop.patience);
        assertArrayEquals(new double[] {1, 2}, loop.classWeights);
        assertEquals(0.1, loop.labelSmoothing);
        assertEquals(50, loop.divergence);
        assertEquals(2, loop.threads);
        assertEquals(1, loop.devices.size());
        assertEquals(2, training.getClipNorm());
        assertEquals(
                "2 epochs, batch size 128, Adam, learning rate 0.5, weight decay 0.0, seed 0, label smoothing 0.1, class weights [1.0, 2.0], batches in 2 parts, the epoch of the least validation loss, patience 3",
                training.toString());
    }
}
