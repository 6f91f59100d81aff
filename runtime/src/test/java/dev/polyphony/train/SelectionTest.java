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

import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which epoch is kept, and when training ends early. */
class SelectionTest {

    private static final LabeledData TRAIN = TestData.stripes(48, 3);
    private static final LabeledData VALIDATION = mislabelled();
    private static final PackedForm FORM = PackedForm.of(2);

    /** Some labels are wrong: the surer the network becomes, the higher its loss. */
    private static LabeledData mislabelled() {
        LabeledData right = TestData.stripes(30, 4);
        int[] labels = right.getLabels();
        for (int i = 0; i < labels.length; i += 4) {
            labels[i] = (labels[i] + 1) % 3;
        }
        return LabeledData.of(right.getFeatures(), right.getShape(), labels);
    }

    private static Training.Builder settings() {
        return Training.builder().optBatchSize(16).optEpochs(12).optLearningRate(0.02).optSeed(2);
    }

    /** Keeps the parameters of every epoch. */
    private static final class Epochs implements RunHook {

        private final List<byte[]> parameters = new ArrayList<>();

        @Override
        public void onEpoch(TrainingRun run) {
            parameters.add(bytes(Snapshot.of(run.getEnsemble())));
        }
    }

    private static byte[] bytes(Snapshot snapshot) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            snapshot.write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Outcome(History history, byte[] parameters, Epochs epochs) {}

    private static Outcome train(Training training) {
        Epochs epochs = new Epochs();
        TrainingLoop loop = new TrainingLoop(Recipe.of(FORM), training, Progress.none(), epochs);
        try (Trained trained =
                loop.train("test", () -> new EnsembleCnn(FORM, 3), TRAIN, VALIDATION)) {
            return new Outcome(trained.history(), bytes(Snapshot.of(trained.ensemble())), epochs);
        }
    }

    /** Running statistics are among the parameters. */
    @Test
    void theBestEpochIsRestoredBitForBit() {
        Outcome outcome = train(settings().optSelection(Selection.leastLoss()).build());
        List<History.Epoch> epochs = outcome.history().epochs();
        int best =
                epochs.stream()
                        .min(Comparator.comparingDouble(History.Epoch::validationLoss))
                        .orElseThrow()
                        .number();
        assertTrue(best < 12, "the last epoch is not the best: " + epochs);
        assertEquals(best, outcome.history().kept());
        assertArrayEquals(outcome.epochs().parameters.get(best - 1), outcome.parameters());
    }

    @Test
    void theLastEpochIsKeptUnlessTold() {
        Outcome outcome = train(settings().build());
        assertEquals(12, outcome.history().kept());
        assertArrayEquals(outcome.epochs().parameters.get(11), outcome.parameters());
    }

    @Test
    void patienceEndsTraining() {
        Outcome all = train(settings().optSelection(Selection.leastLoss()).build());
        int best = 0;
        int end = 0;
        for (int i = 0; i < 12 && end == 0; i++) {
            if (all.history().epochs().get(i).validationLoss()
                    < all.history().epochs().get(best).validationLoss()) {
                best = i;
            }
            end = i - best == 2 ? i + 1 : 0;
        }
        assertTrue(end > 0, "some two epochs in a row are worse: " + all.history());
        Outcome early =
                train(settings().optSelection(Selection.leastLoss()).optPatience(2).build());
        assertEquals(end, early.history().epochs().size());
        assertEquals(best + 1, early.history().kept());
        assertArrayEquals(all.epochs().parameters.get(best), early.parameters());
    }

    private static History.Epoch epoch(int number, double accuracy, double loss, double recall) {
        return new History.Epoch(number, 1, accuracy, loss, 1, Map.of("validate_Recall", recall));
    }

    @Test
    void ofEqualEpochsTheOneWithLessLossIsBetterAndThenTheEarlier() {
        Selection accuracy = Selection.highestAccuracy();
        History.Epoch first = epoch(1, 0.9, 0.5, 0.1);
        assertTrue(accuracy.isBetter(first, null));
        assertTrue(accuracy.isBetter(epoch(2, 0.91, 9, 0), first));
        assertFalse(accuracy.isBetter(epoch(2, 0.89, 0.1, 0), first));
        assertTrue(accuracy.isBetter(epoch(2, 0.9, 0.4, 0), first));
        assertFalse(accuracy.isBetter(epoch(2, 0.9, 0.5, 0), first));
        assertFalse(accuracy.isBetter(epoch(2, 0.9, 0.6, 0), first));
        Selection loss = Selection.leastLoss();
        assertTrue(loss.isBetter(epoch(2, 0.1, 0.4, 0), first));
        assertFalse(loss.isBetter(epoch(2, 1, 0.5, 0), first));
        assertTrue(Selection.highest("Recall").isBetter(epoch(2, 0, 0, 0.2), first));
        assertTrue(Selection.least("Recall").isBetter(epoch(2, 0, 0, 0.05), first));
    }

    @Test
    void refusesWhatCannotBeJudged() {
        IllegalArgumentException patience =
                assertThrows(
                        IllegalArgumentException.class, () -> settings().optPatience(3).build());
        assertTrue(patience.getMessage().contains("optSelection"), patience::getMessage);
        Training best = settings().optSelection(Selection.highestAccuracy()).build();
        TrainingLoop loop = new TrainingLoop(Recipe.of(FORM), best, Progress.none());
        IllegalArgumentException none =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.train("test", () -> new EnsembleCnn(FORM, 3), TRAIN, null));
        assertEquals(
                "To keep the epoch of the highest validation accuracy takes validation data: give them to fit, or leave optSelection out",
                none.getMessage());
        Training unknown = settings().optSelection(Selection.highest("Recall")).build();
        int[] steps = {0};
        RunHook counts =
                new RunHook() {
                    @Override
                    public void onStep(TrainingRun run) {
                        steps[0]++;
                    }
                };
        assertEquals(
                "The epochs have no value of the highest Recall on the validation data: set the evaluator with optEvaluator (set are []), or select by another value",
                refusal(unknown, TRAIN, counts));
        LabeledData numbers =
                LabeledData.unlabeled(TRAIN.getFeatures(), TRAIN.getShape())
                        .withTargets(new float[TRAIN.size()][3]);
        assertEquals(
                "Numbers to predict have no accuracy to keep the best epoch by: select the least loss, or by an evaluator",
                refusal(best, numbers, counts));
        assertEquals(0, steps[0], "before the first step");
    }

    private static String refusal(Training training, LabeledData data, RunHook hook) {
        Recipe recipe = Recipe.of(FORM).forTask(data.getTask());
        TrainingLoop loop = new TrainingLoop(recipe, training, Progress.none(), hook);
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> loop.train("test", () -> new EnsembleCnn(FORM, 3), data, data))
                .getMessage();
    }
}
