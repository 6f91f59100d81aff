/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users' listeners and evaluators, as DJL calls them. */
class ListenersTest {

    private static final LabeledData TRAIN = TestData.moons(48, 0.15, 1);
    private static final LabeledData VALIDATION = TestData.moons(300, 0.15, 2);

    private static Training.Builder settings() {
        return Training.builder().optBatchSize(16).optEpochs(2).optLearningRate(0.01).optSeed(5);
    }

    private static History train(Form form, Training training, LabeledData validation) {
        TrainingLoop loop = new TrainingLoop(Recipe.of(form), training, Progress.none());
        try (Trained trained =
                loop.train("test", () -> EnsembleMlp.of(form, 8, 2), TRAIN, validation)) {
            return trained.history();
        }
    }

    /** Writes down what happens, and counts right answers. */
    private static final class Diary implements TrainingListener {

        private final List<String> lines = new ArrayList<>();
        private final List<Double> trained = new ArrayList<>();
        private int right;
        private int all;

        @Override
        public void onTrainingBegin(Trainer trainer) {
            lines.add("begin");
        }

        @Override
        public void onTrainingBatch(Trainer trainer, BatchData data) {
            note("train", trainer, data);
            NDList labels = data.getLabels().get(trainer.getDevices()[0]);
            NDList predictions = data.getPredictions().get(trainer.getDevices()[0]);
            NDArray answers = predictions.head().argMax(2);
            NDArray own = labels.head();
            for (int row = 0; row < own.getShape().get(0); row++) {
                for (int m = 0; m < own.getShape().get(1); m++) {
                    all++;
                    right += answers.getLong(row, m) == own.getLong(row, m) ? 1 : 0;
                }
            }
        }

        @Override
        public void onValidationBatch(Trainer trainer, BatchData data) {
            note("validate", trainer, data);
        }

        private void note(String what, Trainer trainer, BatchData data) {
            lines.add(
                    "%s %d/%d %s %s %s"
                            .formatted(
                                    what,
                                    data.getBatch().getProgress(),
                                    data.getBatch().getProgressTotal(),
                                    data.getBatch().getData().head().getShape(),
                                    data.getLabels().get(trainer.getDevices()[0]).head().getShape(),
                                    data.getPredictions()
                                            .get(trainer.getDevices()[0])
                                            .head()
                                            .getShape()));
        }

        @Override
        public void onEpoch(Trainer trainer) {
            lines.add("epoch");
            trained.add((double) right / all);
            right = 0;
            all = 0;
        }

        @Override
        public void onTrainingEnd(Trainer trainer) {
            lines.add("end");
        }
    }

    /** As EasyTrain does: begin, batches, validation batches, epoch, end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void areNotifiedInDjlsOrder(int parts) {
        Diary diary = new Diary();
        train(
                MimoForm.of(2).batchRepetitions(1),
                settings().optListener(diary).optAccumulation(parts).build(),
                VALIDATION);
        List<String> epoch =
                List.of(
                        "train 0/3 (16, 2, 2) (16, 2) (16, 2, 2)",
                        "train 1/3 (16, 2, 2) (16, 2) (16, 2, 2)",
                        "train 2/3 (16, 2, 2) (16, 2) (16, 2, 2)",
                        "validate 0/2 (256, 2) (256) (256, 2, 2)",
                        "validate 1/2 (44, 2) (44) (44, 2, 2)",
                        "epoch");
        List<String> expected = new ArrayList<>(List.of("begin"));
        expected.addAll(epoch);
        expected.addAll(epoch);
        expected.add("end");
        assertEquals(expected, diary.lines);
    }

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(2), MimoForm.of(2).batchRepetitions(1), DeepEnsembleForm.of(1));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void djlsAccuracyOfTheValidationIsOurs(Form form) {
        History history = train(form, settings().optEvaluator(new Accuracy()).build(), VALIDATION);
        for (History.Epoch epoch : history.epochs()) {
            assertEquals(2, epoch.metrics().size(), epoch::toString);
            assertEquals(
                    epoch.validationAccuracy(), epoch.metrics().get("validate_Accuracy"), 1e-6);
        }
    }

    @Test
    void djlsAccuracyOfTheTrainingIsThatOfAllMembers() {
        Diary diary = new Diary();
        Training training =
                settings()
                        .optListener(diary)
                        .optEvaluator(new Accuracy())
                        .optEvaluator(new Accuracy("again"))
                        .build();
        History history = train(MimoForm.of(2).batchRepetitions(2), training, null);
        for (int i = 0; i < 2; i++) {
            Map<String, Double> metrics = history.epochs().get(i).metrics();
            assertEquals(diary.trained.get(i), metrics.get("train_Accuracy"), 1e-6);
            assertEquals(diary.trained.get(i), metrics.get("train_again"), 1e-6);
            assertEquals(2, metrics.size(), metrics::toString);
        }
    }

    /** Members that are wrong alone may be right together. */
    @Test
    void sharedLabelsJudgeThePooledAnswer() {
        try (NDManager manager = NDManager.newBaseManager()) {
            // the second member is sure of class 0 in both rows
            float[] logits = {0, 1, 9, 0, 0, 1, 9, 0};
            NDList predictions = new NDList(manager.create(logits, new Shape(2, 2, 2)));
            MemberEvaluator accuracy =
                    new MemberEvaluator(
                            new Accuracy(), Aggregation.PROBABILITIES, Task.CLASSIFICATION);
            accuracy.addAccumulator("a");
            accuracy.updateAccumulator(
                    "a", new NDList(manager.create(new long[] {0, 1})), predictions);
            assertEquals(0.5, accuracy.getAccumulator("a"), 0);
            accuracy.resetAccumulator("a");
            long[] own = {1, 0, 1, 1};
            accuracy.updateAccumulator(
                    "a", new NDList(manager.create(own, new Shape(2, 2))), predictions);
            assertEquals(0.75, accuracy.getAccumulator("a"), 0);
            accuracy.resetAccumulator("a");
            float[] soft = {0.9f, 0.1f, 0.8f, 0.2f};
            NDList mixed = new NDList(manager.create(soft, new Shape(2, 1, 2)));
            accuracy.updateAccumulator("a", mixed, predictions);
            assertEquals(1, accuracy.getAccumulator("a"), 0);
        }
    }

    /** Listening does not change what is trained. */
    @Test
    void djlsOwnListenersRun() {
        Training.Builder listened = settings().optEvaluator(new Accuracy());
        for (TrainingListener listener : TrainingListener.Defaults.basic()) {
            listened.optListener(listener);
        }
        History with = train(PackedForm.of(2), listened.build(), VALIDATION);
        History without = train(PackedForm.of(2), settings().build(), VALIDATION);
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    without.epochs().get(i).trainingLoss(), with.epochs().get(i).trainingLoss());
            assertEquals(
                    without.epochs().get(i).validationLoss(),
                    with.epochs().get(i).validationLoss());
        }
        assertTrue(with.epochs().get(1).metrics().containsKey("validate_Accuracy"));
        assertEquals(Collections.emptyMap(), without.epochs().get(1).metrics());
    }

    @Test
    void aListenerEndsTrainingEarly() {
        TrainingListener stop =
                new TrainingListenerAdapter() {

                    @Override
                    public void onEpoch(Trainer trainer) {
                        throw new EarlyStoppedException(1, "enough");
                    }
                };
        History history = train(PackedForm.of(2), settings().optListener(stop).build(), VALIDATION);
        assertEquals(1, history.epochs().size());
        assertEquals(1, history.kept());
    }
}
