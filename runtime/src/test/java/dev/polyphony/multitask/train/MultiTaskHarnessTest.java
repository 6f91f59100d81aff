/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.TrainingDivergedException;
import dev.polyphony.MixMethod;
import dev.polyphony.TaskKind;
import dev.polyphony.TaskMetric;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.Pacing;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultiTaskHarnessTest {

    private static final int M = 2;

    private static final MultiExamples TRAIN = TwoTasks.data(96, 1);
    private static final MultiExamples TEST = TwoTasks.data(60, 2);

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(M).alpha(M),
                BatchEnsembleForm.of(M),
                MasksemblesForm.of(M),
                SubEnsembleForm.of(M),
                DeepEnsembleForm.of(M),
                MimoForm.of(M),
                MixMoForm.of(M).method(MixMethod.LINEAR));
    }

    private static MultiTaskHarness harness(Form form) {
        return new MultiTaskHarness(
                        form.toString(),
                        () ->
                                form instanceof DeepEnsembleForm deep
                                        ? new TwoTasks.Whole(deep)
                                        : new TwoTasks.Whole(form),
                        Recipe.of(form),
                        TwoTasks.TASKS)
                .optEpochs(20)
                .optBatchSize(24)
                .optLearningRate(0.02)
                .optProgress(Progress.none());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormLearnsAllTasks(Form form) {
        MultiTaskHarness harness =
                harness(form).optBalance(Balance.gradNorm()).optSurgery(GradientSurgery.pcGrad());
        try (TrainedTasks trained = harness.fit(TRAIN, TEST)) {
            MultiTaskEvaluation evaluation = trained.evaluate(TEST);
            double accuracy = evaluation.getMetrics()[0];
            double error = evaluation.getMetrics()[1];
            assertTrue(accuracy > 0.6, () -> "accuracy " + accuracy);
            assertTrue(error < 0.6, () -> "RMSE " + error);
            assertArrayEquals(
                    evaluation.getMetrics(),
                    trained.getHistory().epochs().get(19).validation(),
                    1e-9);
            double disagreement = evaluation.get("size").getUncertainty().getMeanDisagreement();
            assertTrue(disagreement > 0, () -> "spread " + disagreement);
            assertEquals(M, evaluation.get("kind").getMembers());
            double[] weights = trained.getHistory().epochs().get(19).weights();
            assertEquals(2, weights[0] + weights[1], 1e-9);
        }
    }

    @Test
    void trainingTwiceGivesTheSameBits() {
        for (int i = 0; i < 2; i++) {
            MultiTaskHarness harness =
                    TwoTasks.plain(true)
                            .optEpochs(3)
                            .optBatchSize(16)
                            .optBalance(Balance.gradNorm())
                            .optSurgery(GradientSurgery.pcGrad())
                            .optProgress(Progress.none());
            try (TrainedTasks one = harness.fit(TRAIN);
                    TrainedTasks other = harness.fit(TRAIN)) {
                Map<String, TaskAnswers> first = one.predict(TEST);
                other.predict(TEST)
                        .forEach(
                                (name, answers) ->
                                        assertArrayEquals(
                                                first.get(name).getOutputs(),
                                                answers.getOutputs()));
            }
        }
    }

    /** Arrays of the parameters are left, however many steps there were. */
    @Test
    void stepsLeaveNothingBehind() {
        assertEquals(arraysAfter(1), arraysAfter(4));
    }

    private static int arraysAfter(int epochs) {
        MultiTaskHarness harness =
                TwoTasks.plain(true)
                        .optEpochs(epochs)
                        .optBatchSize(16)
                        .optBalance(Balance.gradNorm())
                        .optSurgery(GradientSurgery.pcGrad())
                        .optClipNorm(1)
                        .optProgress(Progress.none());
        try (TrainedTasks trained = harness.fit(TRAIN, TEST)) {
            return trained.getModel().getNDManager().getManagedArrays().size();
        }
    }

    /** A student that learns from the teacher alone comes to answer as it does. */
    @Test
    void aPlainModelLearnsFromAnEnsemble() {
        try (TrainedTasks teacher = harness(DeepEnsembleForm.of(3)).fit(TRAIN)) {
            MultiTaskHarness student =
                    TwoTasks.plain(false)
                            .optEpochs(120)
                            .optBatchSize(24)
                            .optLearningRate(0.02)
                            .optTeacher(Distillation.of(teacher).withTemperature(2).withShare(1))
                            .optProgress(Progress.none());
            // wrong answers, which must not be looked at
            MultiExamples wrong =
                    TRAIN.toBuilder()
                            .addClasses("kind", new int[96], 3)
                            .addTargets("size", new float[96])
                            .build();
            try (TrainedTasks taught = student.fit(wrong)) {
                double[][] expected =
                        teacher.predict(TRAIN).get("kind").toPredictions().getProbabilities();
                double[][] actual =
                        taught.predict(TRAIN).get("kind").toPredictions().getProbabilities();
                double[][] means = teacher.predict(TRAIN).get("size").toNumbers().getMeans();
                double[][] own = taught.predict(TRAIN).get("size").toNumbers().getMeans();
                double difference = 0;
                double distance = 0;
                for (int i = 0; i < expected.length; i++) {
                    difference += Math.abs(expected[i][0] - actual[i][0]) / expected.length;
                    distance += Math.abs(means[i][0] - own[i][0]) / expected.length;
                }
                assertTrue(difference < 0.05, "probabilities differ by " + difference);
                assertTrue(distance < 0.1, "numbers differ by " + distance);
            }
        }
    }

    @Test
    void teachersAreSoftenedByTheirMeans() {
        float[] outputs = {0, 2, 0, 4};
        TaskAnswers answers =
                TaskAnswers.of(
                        TaskSpec.of("kind", TaskKind.CLASSIFICATION),
                        outputs,
                        2,
                        2,
                        Aggregation.PROBABILITIES);
        double first = 1 / (1 + Math.exp(-1));
        double second = 1 / (1 + Math.exp(-2));
        float expected = (float) ((first + second) / 2);
        assertArrayEquals(
                new float[] {1 - expected, expected}, Distillation.soften(answers, 2), 1e-6f);
    }

    @Test
    void curriculaShowMoreAndMore() {
        double[] scores = new double[96];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i;
        }
        for (Curriculum curriculum :
                List.of(
                        Curriculum.byScore(scores, Pacing.linear(0.25, 0.5)),
                        Curriculum.byLoss(Pacing.linear(0.25, 0.5)))) {
            MultiTaskHarness harness =
                    TwoTasks.plain(false)
                            .optEpochs(4)
                            .optBatchSize(24)
                            .optCurriculum(curriculum)
                            .optProgress(Progress.none());
            try (TrainedTasks trained = harness.fit(TRAIN)) {
                assertEquals(
                        List.of(24, 60, 96, 96),
                        trained.getHistory().epochs().stream()
                                .map(TaskHistory.Epoch::examples)
                                .toList());
                assertEquals(1 + 3 + 4 + 4, trained.getHistory().updates());
            }
        }
    }

    /** The mean of the examples' losses is what a metric says of the same answers. */
    @Test
    void lossesOfExamplesAreThoseOfMetrics() {
        try (TrainedTasks trained =
                TwoTasks.plain(false).optEpochs(1).optProgress(Progress.none()).fit(TRAIN)) {
            double[] losses = new double[TEST.size()];
            Map<String, TaskAnswers> answers = trained.predict(TEST);
            boolean[] known = TEST.getKnown("kind");
            ExampleLosses.add(answers.get("kind"), TEST.getClasses("kind"), null, known, 1, losses);
            ExampleLosses.add(answers.get("size"), null, TEST.getTargets("size"), known, 2, losses);
            double mean = Arrays.stream(losses).average().orElseThrow();
            MultiTaskEvaluation evaluation = trained.evaluate(TEST);
            double expected =
                    evaluation.get("kind").getMetric(TaskMetric.NLL)
                            + 2 * Math.pow(evaluation.get("size").getMetric(TaskMetric.RMSE), 2);
            assertEquals(expected, mean, 1e-6);
        }
    }

    private static String refusal(MultiTaskHarness harness, MultiExamples data) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> harness.optProgress(Progress.none()).fit(data).close())
                .getMessage();
    }

    @Test
    void refusesWhatDoesNotFit() {
        MultiTaskHarness one =
                MultiTaskHarness.plain(
                        "one", () -> new TwoTasks(null, false), List.of(TwoTasks.KIND));
        assertEquals(
                "The model has 2 outputs, but 1 task is named (kind): name each output by @Task, in the order in which forward returns them",
                refusal(one, TRAIN));
        MultiExamples nameless =
                MultiExamples.builder()
                        .addInput(
                                "left",
                                TRAIN.getInput("left").getFeatures(),
                                TRAIN.getInput("left").getShape())
                        .addInput(
                                "right",
                                TRAIN.getInput("right").getFeatures(),
                                TRAIN.getInput("right").getShape())
                        .addClasses("kind", TRAIN.getClasses("kind"), 3)
                        .build();
        assertEquals(
                "The data have no answers of the task 'size', but of [kind]: name answers as @Task does",
                refusal(TwoTasks.plain(false), nameless));
        assertEquals(
                "The task 'size' is one of REGRESSION, but the data have answers of CLASSIFICATION for it",
                refusal(
                        TwoTasks.plain(false),
                        TRAIN.toBuilder().addClasses("size", new int[96], 3).build()));
        assertEquals(
                "The data have 4 classes for the task 'kind', but the model's output has 3",
                refusal(
                        TwoTasks.plain(false),
                        TRAIN.toBuilder().addClasses("kind", new int[96], 4).build()));
        assertEquals(
                "There is no task 'kinds', but [kind, size]",
                refusal(TwoTasks.plain(false).optTaskWeight("kinds", 1), TRAIN)
                        .replace("[size, kind]", "[kind, size]"));
        assertEquals(
                "All tasks have the weight 0: at least one must be trained",
                refusal(
                        TwoTasks.plain(false).optTaskWeight("kind", 0).optTaskWeight("size", 0),
                        TRAIN));
        double[] scores = {1, 2};
        assertEquals(
                "The curriculum has 2 scores for 96 training examples",
                refusal(
                        TwoTasks.plain(false)
                                .optCurriculum(Curriculum.byScore(scores, Pacing.linear(1, 1))),
                        TRAIN));
    }

    @Test
    void aLossThatExplodesIsAnError() {
        MultiTaskHarness harness =
                TwoTasks.plain(false)
                        .optOptimizer(OptimizerType.SGD)
                        .optLearningRate(1e20)
                        .optBatchSize(8)
                        .optProgress(Progress.none());
        String message =
                assertThrows(TrainingDivergedException.class, () -> harness.fit(TRAIN).close())
                        .getMessage();
        assertTrue(message.matches("The loss of the task '\\w+' became (NaN|Infinity).*"), message);
    }
}
