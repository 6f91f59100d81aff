/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.MixMethod;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.harness.Killer;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.balance.Balancer;
import dev.polyphony.multitask.balance.UncertaintyWeighting;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.Pacing;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that goes on from a checkpoint ends as one that never stopped. */
class TaskResumeTest {

    private static final MultiExamples TRAIN = TwoTasks.data(80, 1);
    private static final MultiExamples VALIDATION = TwoTasks.data(30, 2);

    @TempDir private Path parent;

    /** What keeps something from step to step, each in its own way. Four epochs of five steps. */
    enum Kind {
        FIXED(harness -> harness.optOptimizer(OptimizerType.SGD)),
        UNCERTAINTY(harness -> harness.optBalance(Balance.uncertainty())),
        GRAD_NORM(harness -> harness.optBalance(Balance.gradNorm())),
        DYNAMIC(harness -> harness.optBalance(Balance.dynamicWeightAverage())),
        PCGRAD(
                harness ->
                        harness.optSurgery(GradientSurgery.pcGrad())
                                .optClipNorm(0.5)
                                .optTaskLearningRate("size", 0.3)),
        FOCUS(
                harness ->
                        harness.optTaskSchedule(TaskSchedule.focus(4, 2, 5))
                                .optBalance(Balance.uncertainty())),
        DRAWN(harness -> harness.optTaskSchedule(TaskSchedule.drawn(1, 2)).optAccumulation(2)),
        CURRICULUM(
                harness ->
                        harness.optCurriculum(Curriculum.byLoss(Pacing.linear(0.4, 0.8)))
                                .optSchedule(Schedule.cosine(0))),
        ALONE(harness -> harness.optTaskWeight("kind", 0)),
        MIMO(
                () ->
                        ensemble(
                                new MultiTaskHarness(
                                        "mimo",
                                        () -> new TwoTasks.Whole(MimoForm.of(2)),
                                        Recipe.of(MimoForm.of(2).inputRepetition(0.3)),
                                        TwoTasks.TASKS)),
                harness -> harness.optBalance(Balance.gradNorm())),
        MIXMO(
                () ->
                        ensemble(
                                new MultiTaskHarness(
                                        "mixmo",
                                        () ->
                                                new TwoTasks.Whole(
                                                        MixMoForm.of(2).method(MixMethod.LINEAR)),
                                        Recipe.of(MixMoForm.of(2).method(MixMethod.LINEAR)),
                                        TwoTasks.TASKS)),
                harness -> harness.optBalance(Balance.uncertainty()));

        private final Supplier<MultiTaskHarness> made;
        private final UnaryOperator<MultiTaskHarness> settings;

        Kind(UnaryOperator<MultiTaskHarness> settings) {
            this(() -> TwoTasks.plain(true), settings);
        }

        Kind(Supplier<MultiTaskHarness> made, UnaryOperator<MultiTaskHarness> settings) {
            this.made = made;
            this.settings = settings;
        }

        private static MultiTaskHarness ensemble(MultiTaskHarness harness) {
            return harness;
        }

        MultiTaskHarness newHarness() {
            return settings.apply(
                    made.get()
                            .optEpochs(4)
                            .optBatchSize(16)
                            .optLearningRate(0.01)
                            .optProgress(Progress.none()));
        }
    }

    private static byte[] parameters(TrainedTasks trained) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Snapshot.of(trained.getEnsemble()).write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** All of the history but the seconds. */
    private static String history(TrainedTasks trained) {
        StringBuilder text = new StringBuilder();
        for (TaskHistory.Epoch epoch : trained.getHistory().epochs()) {
            text.append(epoch.number())
                    .append(' ')
                    .append(epoch.examples())
                    .append(' ')
                    .append(epoch.loss())
                    .append(
                            List.of(
                                    java.util.Arrays.toString(epoch.losses()),
                                    java.util.Arrays.toString(epoch.weights()),
                                    java.util.Arrays.deepToString(epoch.conflicts()),
                                    java.util.Arrays.toString(epoch.validation())));
        }
        return text.append(trained.getHistory().updates()).toString();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void goesOnFromAnywhere(Kind kind) throws IOException {
        byte[] expected;
        String told;
        try (TrainedTasks whole = kind.newHarness().fit(TRAIN, VALIDATION)) {
            expected = parameters(whole);
            told = history(whole);
        }
        Path all = parent.resolve("all");
        Checkpoints every = Checkpoints.in(all).optEverySteps(1).optKeepLast(100);
        try (TrainedTasks kept = kind.newHarness().optCheckpoints(every).fit(TRAIN, VALIDATION)) {
            assertArrayEquals(expected, parameters(kept), "checkpoints change nothing");
        }
        List<Path> files = CheckpointFolder.list(all);
        int last = files.size() - 1;
        assertTrue(last >= 8, "there are checkpoints inside epochs: " + files);
        for (int at : new int[] {0, 1, last / 3, last / 2 + 1, last - 1, last}) {
            Path folder = Files.createDirectories(parent.resolve("from" + at));
            Files.copy(files.get(at), folder.resolve(files.get(at).getFileName()));
            MultiTaskHarness harness = kind.newHarness().optCheckpoints(Checkpoints.in(folder));
            try (TrainedTasks rest = harness.resume(TRAIN, VALIDATION)) {
                String where = "from " + files.get(at).getFileName();
                assertArrayEquals(expected, parameters(rest), where);
                assertEquals(told, history(rest), where);
                assertEquals(at == last, rest.getResumed().orElseThrow().isFinished(), where);
            }
        }
    }

    @Test
    void endsWithTheBitsOfATrainingThatWasNeverKilled() throws IOException, InterruptedException {
        Path folder = parent.resolve("killed");
        new Killer(new Random(5))
                .kill(Killer.start(KilledTasks.class, folder, folder.toString()), folder, true);
        try (TrainedTasks rest = KilledTasks.train(folder);
                TrainedTasks whole = KilledTasks.train()) {
            assertFalse(rest.getResumed().orElseThrow().isFinished());
            assertArrayEquals(parameters(whole), parameters(rest));
            assertFalse(Killer.leftSomething(folder), "what a killed process left is deleted");
        }
    }

    private static String refusal(MultiTaskHarness harness, MultiExamples train) {
        return assertThrows(
                        CheckpointException.class, () -> harness.resume(train, VALIDATION).close())
                .getMessage();
    }

    @Test
    void refusesTheCheckpointsOfAnother() {
        Checkpoints checkpoints = Checkpoints.in(parent.resolve("own"));
        Kind kind = Kind.UNCERTAINTY;
        assertTrue(
                refusal(kind.newHarness().optCheckpoints(checkpoints), TRAIN)
                        .startsWith("There is no checkpoint to resume from in "));
        kind.newHarness().optCheckpoints(checkpoints).fit(TRAIN, VALIDATION).close();
        assertTrue(
                assertThrows(
                                CheckpointException.class,
                                () ->
                                        kind.newHarness()
                                                .optCheckpoints(checkpoints)
                                                .fit(TRAIN, VALIDATION)
                                                .close())
                        .getMessage()
                        .contains("has the checkpoints of a training: resume it"));
        MultiTaskHarness other =
                kind.newHarness()
                        .optCheckpoints(checkpoints)
                        .optBalance(UncertaintyWeighting.kendall().withLearningRate(0.1));
        String message = refusal(other, TRAIN);
        assertTrue(
                message.contains(
                        "balance: uncertainty weighting in the checkpoint, uncertainty weighting, rate 0.1 now"),
                message);
        String data = refusal(kind.newHarness().optCheckpoints(checkpoints), TwoTasks.data(80, 9));
        assertTrue(data.contains("checksum of the training data: "), data);
    }

    @Test
    void moreEpochsGoOnWhereStepsDoNotDependOnThem() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(parent.resolve("longer"));
        Kind kind = Kind.DYNAMIC;
        kind.newHarness().optCheckpoints(checkpoints).fit(TRAIN).close();
        try (TrainedTasks longer =
                        kind.newHarness().optEpochs(6).optCheckpoints(checkpoints).resume(TRAIN);
                TrainedTasks whole = kind.newHarness().optEpochs(6).fit(TRAIN)) {
            assertArrayEquals(parameters(whole), parameters(longer));
        }
        Checkpoints paced = Checkpoints.in(parent.resolve("paced"));
        Kind.CURRICULUM.newHarness().optCheckpoints(paced).fit(TRAIN, VALIDATION).close();
        String message =
                refusal(Kind.CURRICULUM.newHarness().optEpochs(6).optCheckpoints(paced), TRAIN);
        assertTrue(message.contains("epochs of the curriculum: 4 in the checkpoint, 6 now"));
    }

    @Test
    void aTeacherIsKnownByItsAnswers() {
        Checkpoints checkpoints = Checkpoints.in(parent.resolve("taught"));
        try (TrainedTasks teacher = teacher(1);
                TrainedTasks other = teacher(2)) {
            taught(teacher, checkpoints).fit(TRAIN, VALIDATION).close();
            try (TrainedTasks rest = taught(teacher, checkpoints).resume(TRAIN, VALIDATION)) {
                assertTrue(rest.getResumed().orElseThrow().isFinished());
            }
            String message = refusal(taught(other, checkpoints), TRAIN);
            assertTrue(message.contains("checksum of the teacher's answers: "), message);
        }
    }

    private static MultiTaskHarness taught(TrainedTasks teacher, Checkpoints checkpoints) {
        return Kind.FIXED
                .newHarness()
                .optCheckpoints(checkpoints)
                .optTeacher(Distillation.of(teacher));
    }

    private static TrainedTasks teacher(int seed) {
        return TwoTasks.plain(false)
                .optEpochs(1)
                .optSeed(seed)
                .optProgress(Progress.none())
                .fit(TRAIN);
    }

    /** A balance that may keep something is not begun anew in silence. */
    @Test
    void aBalanceThatDoesNotSayWhatItKeepsIsRefused() {
        Balance own = losses -> (Balancer) () -> new double[] {1, 1};
        MultiTaskHarness harness =
                TwoTasks.plain(false)
                        .optBalance(own)
                        .optProgress(Progress.none())
                        .optCheckpoints(Checkpoints.in(parent.resolve("silent")));
        String message =
                assertThrows(IllegalStateException.class, () -> harness.fit(TRAIN).close())
                        .getMessage();
        assertTrue(message.contains("implements Balancer.getState and setState"), message);
    }
}
