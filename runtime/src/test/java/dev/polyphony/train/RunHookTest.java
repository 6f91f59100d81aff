/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is taken up from any step ends where one ends that was never stopped. */
class RunHookTest {

    private static final LabeledData DATA = TestData.stripes(48, 3);

    private static final Training TRAINING =
            Training.builder()
                    .optBatchSize(16)
                    .optEpochs(3)
                    .optLearningRate(0.01)
                    .optSeed(7)
                    .optWeightDecay(1e-3)
                    .optSchedule(Schedule.cosine(0))
                    .build();

    private record Outcome(float[] logits, byte[] parameters, History history) {}

    /** Dropout, batch normalisation, and with MixMo masks. */
    private static Outcome train(Form form, RunHook hook) {
        TrainingLoop loop = new TrainingLoop(Recipe.of(form), TRAINING, Progress.none(), hook);
        try (Trained trained = loop.train("test", () -> new EnsembleCnn(form, 3), DATA, DATA)) {
            NDManager manager = trained.model().getNDManager();
            return new Outcome(
                    MemberPrediction.logits(trained.ensemble(), manager, DATA),
                    bytes(Snapshot.of(trained.ensemble())),
                    trained.history());
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

    /** Writes all of a run after a number of steps, or after the epoch that they end. */
    private static final class Saver implements RunHook {

        private final int steps;
        private final boolean epoch;
        private byte[] saved;

        Saver(int steps, boolean epoch) {
            this.steps = steps;
            this.epoch = epoch;
        }

        @Override
        public void onStep(TrainingRun run) {
            if (!epoch) {
                save(run);
            }
        }

        @Override
        public void onEpoch(TrainingRun run) {
            if (epoch) {
                save(run);
            }
        }

        private void save(TrainingRun run) {
            if (run.getSteps() != steps) {
                return;
            }
            try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    DataOutputStream out = new DataOutputStream(bytes)) {
                Snapshot.of(run.getEnsemble()).write(out);
                run.getOptimizer().saveState(run.getEnsemble().getParameters(), out);
                run.getState().write(out);
                out.flush();
                saved = bytes.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Counts the steps that are left. */
    private static final class Restorer implements RunHook {

        private final byte[] saved;
        private int steps;

        Restorer(byte[] saved) {
            this.saved = saved;
        }

        @Override
        public void onStart(TrainingRun run) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
                Snapshot.read(in).restore(run.getEnsemble());
                run.getOptimizer()
                        .loadState(
                                run.getEnsemble().getParameters(),
                                List.of(run.getTraining().getDevice()),
                                in);
                run.setState(TrainingState.read(in));
                assertEquals(-1, in.read(), "all is read");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onStep(TrainingRun run) {
            steps++;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "3, true", "7, false", "9, false", "9, true"})
    void endsWhereAnUndisturbedRunEnds(int steps, boolean epoch) {
        check(PackedForm.of(2), steps, epoch);
    }

    @ParameterizedTest
    @CsvSource({"5, false", "11, false"})
    void mixesAsAnUndisturbedRunMixes(int steps, boolean epoch) {
        check(MixMoForm.of(2).batchRepetitions(2), steps, epoch);
    }

    private static void check(Form form, int steps, boolean epoch) {
        Saver saver = new Saver(steps, epoch);
        Outcome whole = train(form, saver);
        Restorer restorer = new Restorer(saver.saved);
        Outcome rest = train(form, restorer);
        assertArrayEquals(whole.parameters(), rest.parameters());
        assertArrayEquals(whole.logits(), rest.logits());
        assertEquals(whole.history().steps(), rest.history().steps());
        assertEquals(whole.history().steps() - steps, restorer.steps);
        for (int i = 0; i < TRAINING.getEpochs(); i++) {
            History.Epoch one = whole.history().epochs().get(i);
            History.Epoch other = rest.history().epochs().get(i);
            assertEquals(one.trainingLoss(), other.trainingLoss(), "of epoch " + i);
            assertEquals(one.validationLoss(), other.validationLoss(), "of epoch " + i);
            assertEquals(one.number(), other.number());
        }
    }

    @Test
    void aSnapshotOfAnotherNetworkIsRefused() {
        PackedForm form = PackedForm.of(2);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble small = EnsembleMlp.of(form, 4, 2);
            Ensemble large = EnsembleMlp.of(form, 8, 2);
            for (Ensemble each : List.of(small, large)) {
                each.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            }
            byte[] before = bytes(Snapshot.of(large));
            IllegalArgumentException refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Snapshot.of(small).restore(large));
            assertTrue(refused.getMessage().contains("cannot be restored"), refused::getMessage);
            assertArrayEquals(before, bytes(Snapshot.of(large)));
        }
    }

    @Test
    void aSnapshotKnowsWhatIsNotFinite() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = EnsembleMlp.of(PackedForm.of(2), 4, 2);
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            assertTrue(Snapshot.of(ensemble).isFinite());
            float[] bias = ensemble.getParameters().valueAt(1).getArray().toFloatArray();
            bias[bias.length - 1] = Float.NaN;
            ensemble.getParameters().valueAt(1).getArray().set(bias);
            assertTrue(!Snapshot.of(ensemble).isFinite());
        }
    }
}
