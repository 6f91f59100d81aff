/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Selection;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes on from a checkpoint, and what is refused. */
class ResumeTest {

    private static final LabeledData TRAIN = TestData.moons(96, 0.1, 1);
    private static final LabeledData VALIDATION = TestData.moons(32, 0.1, 2);

    @TempDir private Path parent;

    private Checkpoints checkpoints() {
        return Checkpoints.in(parent.resolve("run"));
    }

    private Harness packed() {
        return of(PackedForm.of(2), 8);
    }

    private Harness of(Form form, int hidden) {
        return TestHarness.of("test", form, hidden, 2)
                .optCheckpoints(checkpoints())
                .optEpochs(3)
                .optSeed(5);
    }

    private static byte[] parameters(TrainedEnsemble trained) throws IOException {
        try (trained;
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            Snapshot.of(trained.getEnsemble()).write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        }
    }

    private static byte[] fit(Harness harness) throws IOException {
        return parameters(harness.fit(TRAIN, VALIDATION));
    }

    private static byte[] resume(Harness harness) throws IOException {
        return parameters(harness.resume(TRAIN, VALIDATION));
    }

    private Path newest() {
        List<Path> files = CheckpointFolder.list(checkpoints().getFolder());
        return files.get(files.size() - 1);
    }

    /** The refusal to resume, which leaves the checkpoint as it is. */
    private String refusal(Harness harness, LabeledData train, LabeledData validation)
            throws IOException {
        byte[] before = Files.readAllBytes(newest());
        String message =
                assertThrows(CheckpointException.class, () -> harness.resume(train, validation))
                        .getMessage();
        assertArrayEquals(before, Files.readAllBytes(newest()));
        return message;
    }

    private void assertRefused(Harness harness, String... differences) throws IOException {
        assertOther(refusal(harness, TRAIN, VALIDATION), differences);
    }

    private void assertOther(String message, String... differences) {
        String list = String.join("; ", differences);
        assertEquals(
                "The checkpoint %s is of another training: %s. Resume it with what it was made with, or begin anew in another folder"
                        .formatted(newest(), list),
                message);
    }

    @Test
    void aFinishedTrainingIsNotTrainedAgain() throws IOException {
        byte[] expected = fit(packed());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = Progress.lines(new PrintStream(out, true, StandardCharsets.UTF_8));
        TrainedEnsemble again = packed().optProgress(progress).resume(TRAIN, VALIDATION);
        assertTrue(again.getResumed().orElseThrow().isFinished());
        assertEquals(3, again.getHistory().epochs().size());
        assertArrayEquals(expected, parameters(again));
        assertEquals(
                List.of(
                        "Mlp, test  finished already, after epoch 3 and step 9, by "
                                + parent.resolve("run/checkpoint-00000009.ply")),
                out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** Nine steps in cycles of five: before, at and after the first snapshot, and at the end. */
    @Test
    void snapshotsGoOn() throws IOException {
        DeepEnsembleForm form = DeepEnsembleForm.of(2);
        byte[] expected =
                fit(
                        TestHarness.of("test", form, 8, 2)
                                .optRecipe(Recipe.snapshots(form))
                                .optEpochs(3)
                                .optSeed(5));
        Harness harness =
                of(form, 8)
                        .optRecipe(Recipe.snapshots(form))
                        .optCheckpoints(checkpoints().optEverySteps(1).optKeepLast(20));
        assertArrayEquals(expected, fit(harness));
        for (int steps : new int[] {9, 7, 5, 4, 0}) {
            for (Path file : CheckpointFolder.list(checkpoints().getFolder())) {
                if (file.toString().compareTo(newestAfter(steps).toString()) > 0) {
                    Files.delete(file);
                }
            }
            assertEquals(newestAfter(steps), newest());
            assertArrayEquals(expected, resume(harness), "resumed after step " + steps);
        }
    }

    private Path newestAfter(int steps) {
        return checkpoints().getFolder().resolve("checkpoint-%08d.ply".formatted(steps));
    }

    @Test
    void saysWhereItGoesOnFrom() throws IOException {
        byte[] expected = fit(packed());
        Files.delete(newest());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = Progress.lines(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertArrayEquals(expected, resume(packed().optProgress(progress)));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(
                "Mlp, test  resumed after epoch 2 and step 6 from "
                        + parent.resolve("run/checkpoint-00000006.ply"),
                lines.get(0));
        assertTrue(lines.get(1).startsWith("Mlp, test  epoch 3/3"), lines.get(1));
        assertEquals(2, lines.size());
    }

    @Test
    void beginningWouldMixTwoTrainings() throws IOException {
        fit(packed());
        CheckpointException e = assertThrows(CheckpointException.class, () -> fit(packed()));
        assertEquals(
                parent.resolve("run")
                        + " has the checkpoints of a training: resume it, or begin this one in another folder",
                e.getMessage());
    }

    @Test
    void nothingToResumeFrom() {
        assertTrue(
                assertThrows(CheckpointException.class, () -> resume(packed()))
                        .getMessage()
                        .startsWith("There is no checkpoint to resume from in " + parent));
        Harness without = TestHarness.of("test", PackedForm.of(2), 8, 2);
        assertTrue(
                assertThrows(IllegalStateException.class, () -> resume(without))
                        .getMessage()
                        .contains("say with optCheckpoints"));
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        packed().optCheckpoints(checkpoints().optKeepBest(true))
                                                .fit(TRAIN))
                        .getMessage()
                        .startsWith("The best checkpoint is that of the best epoch on the"));
    }

    @Test
    void otherSettingsAreNamed() throws IOException {
        fit(packed());
        assertRefused(packed().optSeed(6), "seed: 5 in the checkpoint, 6 now");
        assertRefused(
                packed().optBatchSize(16).optLearningRate(0.02),
                "batch size: 32 in the checkpoint, 16 now",
                "learning rate: 0.01 in the checkpoint, 0.02 now");
        assertRefused(
                packed().optOptimizer(OptimizerType.SGD),
                "optimizer: ADAM in the checkpoint, SGD now");
        assertRefused(
                packed().optSchedule(Schedule.cosine(0)),
                "learning-rate schedule: constant in the checkpoint, half a cosine down to 0.0 now");
        assertRefused(
                of(PackedForm.of(2), 9),
                "parameter 01network_01EnsembleLinear_weight: float32 (16, 2) in the checkpoint, float32 (18, 2) now",
                "parameter 01network_01EnsembleLinear_bias: float32 (16) in the checkpoint, float32 (18) now",
                "parameter 01network_03EnsembleLinear_weight: float32 (16, 8) in the checkpoint, float32 (18, 9) now (and 2 more)");
        assertRefused(
                of(PackedForm.of(2).alpha(1), 16),
                "network: Packed(m = 2, alpha = 2, gamma = 1) in the checkpoint, Packed(m = 2, alpha = 1, gamma = 1) now");
    }

    @Test
    void otherDataAreNamed() throws IOException {
        fit(packed());
        int[] labels = TRAIN.getLabels();
        labels[17] = 1 - labels[17];
        LabeledData other = LabeledData.of(TRAIN.getFeatures(), TRAIN.getShape(), labels);
        assertOther(
                refusal(packed(), other, VALIDATION),
                "checksum of the training data: %s in the checkpoint, %s now"
                        .formatted(TRAIN.getChecksum(), other.getChecksum()));
        String message = refusal(packed(), TRAIN, null);
        assertTrue(
                message.contains(
                        "validation data: 32 examples (2) of float32, CLASSIFICATION with 2 outputs in the checkpoint, none now"),
                message);
    }

    /** A schedule of the user's own is told by its rates. */
    @Test
    void ownSchedulesAreCompared() throws IOException {
        Schedule own = (update, updatesPerEpoch, epochs) -> 1.0 / (1 + update);
        fit(packed().optSchedule(own));
        resume(packed().optSchedule((update, updatesPerEpoch, epochs) -> 1.0 / (1 + update)));
        assertRefused(
                packed().optSchedule(
                                (update, updatesPerEpoch, epochs) ->
                                        update < 8 ? 1.0 / (1 + update) : 0),
                "learning rate of update 9: %s in the checkpoint, 0.0 now".formatted(0.01 / 9));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void moreEpochsAreAsIfTheyHadBeenThereFromTheBeginning(int epochs) throws IOException {
        fit(packed());
        byte[] longer = resume(packed().optEpochs(epochs));
        Checkpoints elsewhere = Checkpoints.in(parent.resolve("whole"));
        assertArrayEquals(fit(packed().optEpochs(epochs).optCheckpoints(elsewhere)), longer);
    }

    @Test
    void anotherNumberOfEpochsIsRefusedWhereStepsDependOnIt() throws IOException {
        String why =
                "cannot go on in one of 4: the learning rate, half a cosine down to 0.0, depends";
        fit(packed().optSchedule(Schedule.cosine(0)));
        String message =
                refusal(packed().optEpochs(4).optSchedule(Schedule.cosine(0)), TRAIN, VALIDATION);
        assertTrue(message.contains(why), message);
        assertTrue(message.contains("Resume with 3 epochs"), message);
    }

    @Test
    void fewerEpochsThanAreOverAreRefused() throws IOException {
        fit(packed());
        String message = refusal(packed().optEpochs(2), TRAIN, VALIDATION);
        assertTrue(message.contains("cannot go on in one of 2: 3 have been begun"), message);
    }

    private Harness patient(int patience) {
        return packed().optEpochs(40)
                .optLearningRate(0.3)
                .optSelection(Selection.leastLoss())
                .optPatience(patience);
    }

    @Test
    void aTrainingThatStoppedEarlyIsFinished() throws IOException {
        TrainedEnsemble first = patient(2).fit(TRAIN, VALIDATION);
        int epochs = first.getHistory().epochs().size();
        assertTrue(epochs < 40, "it stops early, not after " + epochs);
        byte[] best = parameters(first);
        TrainedEnsemble again = patient(2).resume(TRAIN, VALIDATION);
        assertTrue(again.getResumed().orElseThrow().isFinished());
        assertEquals(epochs, again.getHistory().epochs().size());
        assertEquals(epochs - 2, again.getHistory().kept());
        assertArrayEquals(best, parameters(again));
        assertRefused(patient(1), "patience: 2 in the checkpoint, 1 now");
        byte[] longer = resume(patient(4));
        Checkpoints elsewhere = Checkpoints.in(parent.resolve("whole"));
        assertArrayEquals(fit(patient(4).optCheckpoints(elsewhere)), longer);
    }

    /** MixMo cuts less often at the end, which another number of epochs moves. */
    @Test
    void mixMoDependsOnTheNumberOfEpochs() throws IOException {
        MixMoForm linear = MixMoForm.of(2).method(MixMethod.LINEAR);
        fit(of(linear, 8));
        resume(of(linear, 8).optEpochs(4));
        MixMoForm cuts = MixMoForm.of(2);
        LabeledData images = TestData.stripes(24, 1);
        Checkpoints checkpoints = Checkpoints.in(parent.resolve("cuts"));
        Harness harness =
                new Harness("cuts", () -> new EnsembleCnn(cuts, 3), Recipe.of(cuts)) {}.optEpochs(2)
                        .optCheckpoints(checkpoints)
                        .optProgress(Progress.none());
        harness.fit(images).close();
        CheckpointException e =
                assertThrows(CheckpointException.class, () -> harness.optEpochs(30).resume(images));
        assertTrue(
                e.getMessage().contains("in one of 30: how often MixMo cuts depends on the number"),
                e.getMessage());
    }

    @Test
    void aDamagedCheckpointIsNamedWithTheOneBefore() throws IOException {
        byte[] expected = fit(packed());
        Path newest = newest();
        byte[] bytes = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
        String message = refusal(packed(), TRAIN, VALIDATION);
        assertTrue(message.startsWith("The file " + newest + " is damaged: "), message);
        assertTrue(message.contains("checkpoint-00000006.ply is intact: move"), message);
        Files.delete(newest);
        assertArrayEquals(expected, resume(packed()));
    }
}
