/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.training.evaluator.Accuracy;
import dev.polyphony.BatchSplit;
import dev.polyphony.FastWeightForm;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.augment.AugMix;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.Cutout;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.data.augment.RandomCrop;
import dev.polyphony.models.PlainCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import dev.polyphony.train.progress.Resumed;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that goes on from any of its checkpoints ends with the bits of one that never stopped. */
class CheckpointingTest {

    private static final LabeledData TRAIN = TestData.stripes(24, 3);
    private static final LabeledData VALIDATION = TestData.stripes(12, 4);

    @TempDir private Path folder;

    /** Each method, with another optimizer and schedule. */
    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(2),
                MimoForm.of(2).batchRepetitions(2),
                MixMoForm.of(2).batchRepetitions(2),
                MixMoForm.of(2).method(MixMethod.LINEAR),
                BatchEnsembleForm.of(2),
                BatchEnsembleForm.of(2).split(BatchSplit.SUB_BATCH),
                BatchEnsembleForm.of(2).form(FastWeightForm.ADDITIVE),
                MasksemblesForm.of(2),
                SubEnsembleForm.of(2),
                DeepEnsembleForm.of(2),
                DeepEnsembleForm.of(2).vectorized(true),
                DeepEnsembleForm.of(1));
    }

    private static Training training(Form form) {
        OptimizerType[] optimizers = OptimizerType.values();
        Schedule[] schedules = {
            Schedule.cosine(0), Schedule.oneCycle(), Schedule.constant().withWarmUp(1, 0.1)
        };
        int i = (int) forms().takeWhile(one -> !one.equals(form)).count();
        return Training.builder()
                .optBatchSize(8)
                .optEpochs(2)
                .optLearningRate(0.01)
                .optSeed(7)
                .optWeightDecay(1e-3)
                .optOptimizer(optimizers[i % optimizers.length])
                .optSchedule(schedules[i % schedules.length])
                .build();
    }

    private record Outcome(byte[] parameters, History history, Resumed resumed) {}

    private static Outcome train(Form form, Training training, Checkpointing hook) {
        TrainingLoop loop = new TrainingLoop(Recipe.of(form), training, Progress.none(), hook);
        try (hook;
                Trained trained =
                        loop.train("test", () -> PlainCnn.of(form, 3), TRAIN, VALIDATION);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            Snapshot.of(trained.ensemble()).write(new DataOutputStream(bytes));
            return new Outcome(bytes.toByteArray(), trained.history(), hook.getResumed());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Checkpointing begin(Checkpoints checkpoints) {
        return Checkpointing.begin(checkpoints, TRAIN, VALIDATION, Progress.none());
    }

    private static Checkpointing resume(Checkpoints checkpoints) {
        return Checkpointing.resume(checkpoints, TRAIN, VALIDATION, Progress.none());
    }

    private static void assertSame(Outcome expected, Outcome actual) {
        assertArrayEquals(expected.parameters(), actual.parameters());
        assertEquals(expected.history().steps(), actual.history().steps());
        assertEquals(scores(expected.history()), scores(actual.history()));
    }

    private static List<List<Double>> scores(History history) {
        return history.epochs().stream()
                .map(
                        epoch ->
                                List.of(
                                        (double) epoch.number(),
                                        epoch.trainingLoss(),
                                        epoch.validationAccuracy(),
                                        epoch.validationLoss()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void goesOnFromEveryStep(Form form) throws IOException {
        requireEveryStep(form, training(form));
    }

    /** Whatever else draws, counts or keeps something from step to step. */
    static Stream<Arguments> settings() {
        Augmentation augmentation =
                Augmentation.of(
                        RandomCrop.of(1),
                        HorizontalFlip.of(0.5),
                        Cutout.of(2),
                        PixelMix.cutMix(1),
                        AugMix.of(0, 1));
        return Stream.of(
                arguments(
                        PackedForm.of(2),
                        some().optAugmentation(augmentation).optAccumulation(2).optClipNorm(0.5)),
                arguments(
                        MimoForm.of(2).batchRepetitions(2),
                        some().optBootstrap(true).optResidentLimit(0).optLabelSmoothing(0.1)),
                arguments(
                        DeepEnsembleForm.of(2),
                        some().optSelection(Selection.highest("Accuracy"))
                                .optPatience(1)
                                .optEpochs(4)
                                .optLearningRate(0.5)
                                .optEvaluator(new Accuracy())
                                .optBalancedClasses(true)
                                .optWeightsDecayAlone(true)));
    }

    private static Training.Builder some() {
        return training(PackedForm.of(2)).toBuilder();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void goesOnWithEverySetting(Form form, Training.Builder settings) throws IOException {
        requireEveryStep(form, settings.build());
    }

    private void requireEveryStep(Form form, Training training) throws IOException {
        Path all = folder.resolve("all");
        Outcome whole =
                train(form, training, begin(Checkpoints.in(all).optEverySteps(1).optKeepLast(100)));
        List<Path> files = CheckpointFolder.list(all);
        assertEquals(whole.history().steps() + 1, files.size());
        for (int steps = 0; steps < files.size(); steps++) {
            Path some = Files.createDirectory(folder.resolve("" + steps));
            Files.copy(files.get(steps), some.resolve(files.get(steps).getFileName()));
            Outcome rest = train(form, training, resume(Checkpoints.in(some)));
            assertEquals(steps, rest.resumed().steps());
            assertEquals(steps == files.size() - 1, rest.resumed().isFinished());
            assertSame(whole, rest);
        }
    }

    /** A checkpoint after the last step of an epoch, but before it is judged. */
    @Test
    void goesOnBeforeAnEpochIsJudged() {
        Form form = PackedForm.of(2);
        Training training = training(form);
        Outcome whole = train(form, training, begin(Checkpoints.in(folder.resolve("whole"))));
        Checkpoints checkpoints = Checkpoints.in(folder.resolve("killed")).optEverySteps(3);
        Checkpointing hook = begin(checkpoints);
        RunHook killed =
                new RunHook() {

                    @Override
                    public void onStart(TrainingRun run) {
                        hook.onStart(run);
                    }

                    @Override
                    public void onStep(TrainingRun run) {
                        hook.onStep(run);
                        if (run.getSteps() == 3) {
                            throw new UnsupportedOperationException("killed");
                        }
                    }
                };
        TrainingLoop loop = new TrainingLoop(Recipe.of(form), training, Progress.none(), killed);
        try (hook) {
            loop.train("test", () -> PlainCnn.of(form, 3), TRAIN, VALIDATION).close();
        } catch (UnsupportedOperationException e) {
            assertEquals("killed", e.getMessage());
        }
        Outcome rest = train(form, training, resume(checkpoints));
        assertEquals(0, rest.resumed().epochs());
        assertEquals(3, rest.resumed().steps());
        assertSame(whole, rest);
    }

    @Test
    void keepsTheLastAndTheBest() {
        Form form = PackedForm.of(2);
        Training training = training(form).toBuilder().optEpochs(6).optLearningRate(0.3).build();
        Outcome outcome =
                train(
                        form,
                        training,
                        begin(Checkpoints.in(folder).optEverySteps(4).optKeepBest(true)));
        History.Epoch best =
                outcome.history().epochs().stream()
                        .min((a, b) -> Double.compare(a.validationLoss(), b.validationLoss()))
                        .orElseThrow();
        assertTrue(best.number() < 5, "the best epoch is not among the last: " + best);
        List<String> names =
                CheckpointFolder.list(folder).stream()
                        .map(file -> file.getFileName().toString())
                        .toList();
        assertEquals(
                List.of(
                        "checkpoint-%08d.ply".formatted(3 * best.number()),
                        "checkpoint-00000016.ply",
                        "checkpoint-00000018.ply"),
                names);
    }
}
