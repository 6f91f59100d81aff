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

import ai.djl.TrainingDivergedException;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when a training diverges: it stops, says what to do, and keeps what was sound. */
class DivergenceTest {

    private static final LabeledData DATA = TestData.moons(128, 0.15, 1);
    private static final PackedForm FORM = PackedForm.of(2);

    /** Sound for two epochs of four steps, and then at a rate of its own. */
    private static Training.Builder settings(double rate) {
        return Training.builder()
                .optBatchSize(32)
                .optEpochs(5)
                .optOptimizer(OptimizerType.SGD)
                .optLearningRate(0.01)
                .optSchedule((update, updates, epochs) -> update < 2L * updates ? 1 : rate)
                .optSeed(5);
    }

    private static final class Saver implements RunHook {

        private final List<byte[]> parameters = new ArrayList<>();

        @Override
        public void onEpoch(TrainingRun run) {
            parameters.add(bytes(Snapshot.of(run.getEnsemble())));
        }

        @Override
        public Optional<Path> getLastCheckpoint() {
            return Optional.of(path());
        }

        Path path() {
            return Path.of("runs", "last.checkpoint");
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

    private static DivergedException diverge(Training training, RunHook hook) {
        return diverge(training, hook, DATA);
    }

    private static DivergedException diverge(Training training, RunHook hook, LabeledData data) {
        TrainingLoop loop = new TrainingLoop(Recipe.of(FORM), training, Progress.none(), hook);
        return assertThrows(
                DivergedException.class,
                () -> loop.train("test", () -> EnsembleMlp.of(FORM, 8, 2), data, null).close());
    }

    /** The first is finite, but for a while; the second NaN at once. */
    @ParameterizedTest
    @CsvSource({"1e6, has grown from", "1e30, the loss is "})
    void keepsTheLastSoundEpoch(double rate, String words) {
        Saver saver = new Saver();
        DivergedException e = diverge(settings(rate).build(), saver);
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertTrue(e.getMessage().contains("in epoch 3, by step"), e.getMessage());
        assertTrue(e.getMessage().contains("Lower the learning rate (now 0.01)"), e.getMessage());
        assertTrue(e.getMessage().contains("optClipNorm"), e.getMessage());
        assertTrue(e.getMessage().contains("The parameters of epoch 2 are kept"), e.getMessage());
        assertTrue(
                e.getMessage().endsWith("The newest checkpoint is " + saver.path()),
                e.getMessage());
        assertEquals(Optional.of(saver.path()), e.getCheckpoint());
        assertEquals(2, e.getHistory().epochs().size());
        try (Trained trained = e.restore().orElseThrow()) {
            assertEquals(2, trained.history().kept());
            assertArrayEquals(saver.parameters.get(1), bytes(Snapshot.of(trained.ensemble())));
        }
    }

    @Test
    void hasNothingToRestoreInTheFirstEpoch() {
        Training wild = settings(1).optLearningRate(1e20).optSchedule(Schedule.constant()).build();
        DivergedException e = diverge(wild, RunHook.none());
        assertTrue(e.restore().isEmpty());
        assertTrue(e.getCheckpoint().isEmpty());
        assertTrue(e.getHistory().epochs().isEmpty());
        assertFalse(e.getMessage().contains("kept"), e.getMessage());
    }

    /** One step an epoch: its loss is that before the update that breaks everything. */
    @Test
    void parametersThatAreNoNumbersAreNeverKept() {
        Training training =
                settings(1)
                        .optBatchSize(128)
                        .optLearningRate(1e38)
                        .optSchedule((update, updates, epochs) -> update < 1 ? 1e-42 : 1)
                        .optDivergence(0)
                        .build();
        float[] large = DATA.getFeatures();
        for (int i = 0; i < large.length; i++) {
            large[i] *= 1000;
        }
        LabeledData data = LabeledData.of(large, DATA.getShape(), DATA.getLabels());
        DivergedException e = diverge(training, RunHook.none(), data);
        assertTrue(
                e.getMessage().startsWith("Training diverged: parameters are NaN or infinite"),
                e.getMessage());
        try (Trained trained = e.restore().orElseThrow()) {
            assertTrue(Snapshot.of(trained.ensemble()).isFinite());
        }
    }

    @Test
    void aLossMayGrowIfItIsToldSo() {
        Training training = settings(1e6).optEpochs(3).optClipNorm(1e-2).optDivergence(0).build();
        TrainingLoop loop = new TrainingLoop(Recipe.of(FORM), training, Progress.none());
        Trained trained = loop.train("test", () -> EnsembleMlp.of(FORM, 8, 2), DATA, null);
        trained.close();
        assertTrue(trained.history().epochs().get(2).trainingLoss() > 1000);
        assertThrows(IllegalArgumentException.class, () -> settings(1).optDivergence(0.5).build());
    }

    @Test
    void aListenerMayFindThatItDiverges() {
        Saver saver = new Saver();
        Training training =
                settings(1)
                        .optListener(
                                new TrainingListenerAdapter() {

                                    @Override
                                    public void onTrainingBatch(Trainer trainer, BatchData data) {
                                        if (saver.parameters.size() == 1) {
                                            throw new TrainingDivergedException("I do not like it");
                                        }
                                    }
                                })
                        .build();
        DivergedException e = diverge(training, saver);
        assertTrue(e.getMessage().startsWith("I do not like it. The parameters"), e.getMessage());
    }
}
