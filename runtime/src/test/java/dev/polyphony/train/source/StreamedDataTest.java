/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.BatchFormat;
import dev.polyphony.data.BootstrapBatches;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.RepeatedBatches;
import dev.polyphony.data.SharedBatches;
import dev.polyphony.data.Task;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.MemberPrediction;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.TrainingLoop;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamedDataTest {

    private static final LabeledData MOONS = TestData.moons(202, 0.15, 1);

    /** Examples that are read one batch at a time, from memory. */
    private static class Read implements Examples {

        private final LabeledData data;
        final AtomicInteger count = new AtomicInteger();

        Read(LabeledData data) {
            this.data = data;
        }

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public Shape getShape() {
            return data.getShape();
        }

        @Override
        public DataType getDataType() {
            return data.getDataType();
        }

        @Override
        public Task getTask() {
            return data.getTask();
        }

        @Override
        public int getOutputs() {
            return data.getOutputs();
        }

        @Override
        public LabeledData read(int... examples) throws IOException {
            count.addAndGet(examples.length);
            return data.subset(examples);
        }
    }

    private static float[] logits(Form form, Examples data, Training.Builder settings) {
        return logits(Recipe.of(form), data, settings);
    }

    private static float[] logits(Recipe recipe, Examples data, Training.Builder settings) {
        Form form = recipe.form();
        Training training = settings.optEpochs(2).optBatchSize(32).optSeed(3).build();
        Trained trained =
                new TrainingLoop(recipe, training, Progress.none())
                        .train("test", () -> EnsembleMlp.of(form, 12, 2), data, data);
        try (trained) {
            return MemberPrediction.logits(
                    trained.ensemble(), trained.model().getNDManager(), data);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.polyphony.train.TrainingLoopTest#forms")
    void givesTheSameBitsAsResidentData(Form form) {
        float[] resident = logits(form, MOONS, Training.builder());
        assertArrayEquals(resident, logits(form, MOONS, Training.builder().optResidentLimit(0)));
        assertArrayEquals(resident, logits(form, new Read(MOONS), Training.builder()));
    }

    @ParameterizedTest
    @MethodSource("dev.polyphony.train.TrainingLoopTest#forms")
    void everyMethodTrainsOnBootstrapSamples(Form form) {
        float[] all = logits(form, MOONS, Training.builder());
        float[] samples = logits(form, MOONS, Training.builder().optBootstrap(true));
        assertEquals(form.getMembers() == 1, Arrays.equals(all, samples), form::toString);
        if (form.getMembers() > 1) {
            Recipe recipe = Recipe.of(form);
            BatchFormat own = new BootstrapBatches(recipe.batches(), form.getMembers());
            assertArrayEquals(samples, logits(recipe.withBatches(own), MOONS, Training.builder()));
        }
    }

    @Test
    void limitDecidesByTheSizeOfTheFeatures() {
        try (NDManager manager = NDManager.newBaseManager();
                // 202 examples of two floats
                BatchSource fits = BatchSource.of(MOONS, manager, 1616);
                BatchSource larger = BatchSource.of(MOONS, manager, 1615)) {
            assertTrue(fits instanceof ResidentData);
            assertTrue(larger instanceof StreamedData);
        }
    }

    /** Each of 8 examples stands 4 times in a batch of each member, and is read once. */
    @Test
    void readsWhatIsRepeatedOnce() {
        Read data = new Read(MOONS);
        Epoch epoch = new RepeatedBatches(3, 4, 0).getEpoch(202, 32, 1, 0);
        try (NDManager manager = NDManager.newBaseManager();
                BatchSource source = new StreamedData(data);
                ResidentData resident = new ResidentData(MOONS, manager)) {
            source.setEpoch(epoch);
            resident.setEpoch(epoch);
            for (int step = 0; step < epoch.getSteps(); step++) {
                assertEqual(resident.getBatch(step, manager), source.getBatch(step, manager));
            }
        }
        assertEquals(202, data.count.get());
    }

    @Test
    void beginsWithAnyStep() {
        Epoch epoch = new SharedBatches().getEpoch(202, 16, 1, 0);
        try (NDManager manager = NDManager.newBaseManager();
                BatchSource source = new StreamedData(new Read(MOONS));
                ResidentData resident = new ResidentData(MOONS, manager)) {
            source.setEpoch(epoch);
            resident.setEpoch(epoch);
            assertEqual(resident.getBatch(7, manager), source.getBatch(7, manager));
            assertEqual(resident.getBatch(8, manager), source.getBatch(8, manager));
        }
    }

    private static void assertEqual(NDList expected, NDList batch) {
        for (int i = 0; i < 2; i++) {
            assertEquals(expected.get(i).getShape(), batch.get(i).getShape());
            assertEquals(expected.get(i).getDataType(), batch.get(i).getDataType());
            assertTrue(expected.get(i).contentEquals(batch.get(i)));
        }
    }

    /** Batches that wait in memory are bounded, however slow training is. */
    @Test
    void readsAheadAndNotTooFar() throws InterruptedException {
        Read data = new Read(MOONS);
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        try (NDManager manager = NDManager.newBaseManager();
                BatchSource source = new StreamedData(data)) {
            source.setEpoch(new SharedBatches().getEpoch(202, 2, 1, 0));
            source.getBatch(0, manager);
            int ahead = 2 * (threads + 2);
            for (int waited = 0; data.count.get() < ahead && waited < 100; waited++) {
                Thread.sleep(20);
            }
            assertEquals(ahead, data.count.get());
        }
    }

    @Test
    void namesTheExampleThatCannotBeRead() {
        Examples broken =
                new Read(MOONS) {
                    @Override
                    public LabeledData read(int... examples) throws IOException {
                        if (Arrays.stream(examples).anyMatch(i -> i == 57)) {
                            throw new IOException("the disk is gone");
                        }
                        return super.read(examples);
                    }
                };
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> logits(PackedForm.of(2), broken, Training.builder()));
        assertEquals("Example 57 cannot be read: the disk is gone", e.getMessage());
        assertNoReaders();
    }

    @Test
    void namesTheExampleThatDoesNotFit() {
        Examples broken =
                new Read(MOONS) {
                    @Override
                    public LabeledData read(int... examples) throws IOException {
                        return Arrays.stream(examples).anyMatch(i -> i == 9)
                                ? LabeledData.of(
                                        new float[3 * examples.length],
                                        new Shape(3),
                                        new int[examples.length],
                                        2)
                                : super.read(examples);
                    }
                };
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> logits(PackedForm.of(2), broken, Training.builder()));
        assertTrue(
                e.getMessage().startsWith("Example 9 cannot be read: 1 of shape (3)"),
                e.getMessage());
    }

    @Test
    void closingStopsTheReaders() {
        BatchSource source = new StreamedData(new Read(MOONS));
        source.setEpoch(new SharedBatches().getEpoch(202, 2, 1, 0));
        source.close();
        assertNoReaders();
        source.close();
    }

    /** A thread whose pool has ended may take a moment to end, too. */
    private static void assertNoReaders() {
        for (int waited = 0; countReaders() > 0 && waited < 100; waited++) {
            LockSupport.parkNanos(20_000_000);
        }
        assertEquals(0, countReaders());
    }

    private static long countReaders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("polyphony-read"))
                .count();
    }
}
