/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.TestData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One loaded model, a predictor in each of 32 threads: for {@code -Dpolyphony.load=SECONDS}, or a
 * few.
 */
class LoadTest {

    private static final int THREADS = 32;
    private static final int EXAMPLES = 60;
    private static final double SECONDS =
            Double.parseDouble(System.getProperty("polyphony.load", "6"));
    private static final long MEBIBYTE = 1 << 20;

    @TempDir private Path folder;

    private final LabeledData data = TestData.stripes(EXAMPLES, 5);
    private final AtomicLong answers = new AtomicLong();

    private float[] example(int i) {
        return Arrays.copyOfRange(data.getFeatures(), 36 * i, 36 * i + 36);
    }

    @Test
    void manyThreadsShareOneModel() throws Exception {
        ModelFolders.save(ModelFolders.cnn(3), data, folder.resolve("model"));
        try (ZooModel<float[], EnsembleClassifications> model =
                ModelFolders.load(
                        folder.resolve("model"), float[].class, EnsembleClassifications.class)) {
            // one at a time, and in batches, whose last bits may differ from these
            double[][][] single = new double[EXAMPLES][][];
            double[][][] batch = new double[EXAMPLES][][];
            try (Predictor<float[], EnsembleClassifications> predictor = model.newPredictor()) {
                for (int i = 0; i < EXAMPLES; i++) {
                    single[i] = predictor.predict(example(i)).getMemberProbabilities();
                    List<float[]> four = four(i);
                    batch[i] = predictor.batchPredict(four).get(1).getMemberProbabilities();
                }
            }
            int arrays = model.getNDManager().getManagedArrays().size();
            run(model, single, batch, SECONDS / 3);
            Memory warm = Memory.now();
            run(model, single, batch, SECONDS / 3);
            Memory middle = Memory.now();
            run(model, single, batch, SECONDS / 3);
            Memory end = Memory.now();
            System.out.printf(
                    "%d answers of %d threads; warm %s, then %s, %s%n",
                    answers.get(), THREADS, warm, middle, end);
            assertTrue(answers.get() > 1000, "too few to tell: " + answers);
            assertEquals(arrays, model.getNDManager().getManagedArrays().size());
            assertTrue(end.heap() - warm.heap() < 8 * MEBIBYTE, "the heap grows");
            // allocators keep some for each thread; a leak of a batch a call would be much more
            assertTrue(end.process() - warm.process() < 64 * MEBIBYTE, "the process grows");
        }
    }

    private List<float[]> four(int i) {
        List<float[]> four = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            four.add(example((i + EXAMPLES - 1 + k) % EXAMPLES));
        }
        return four;
    }

    private void run(
            ZooModel<float[], EnsembleClassifications> model,
            double[][][] single,
            double[][][] batch,
            double seconds)
            throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                running.add(
                        executor.submit(
                                () -> {
                                    ask(model, single, batch, first, end);
                                    return null;
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private void ask(
            ZooModel<float[], EnsembleClassifications> model,
            double[][][] single,
            double[][][] batch,
            int first,
            long end)
            throws Exception {
        try (Predictor<float[], EnsembleClassifications> predictor = model.newPredictor()) {
            for (int i = first; System.nanoTime() < end; i++) {
                int at = i % EXAMPLES;
                requireSame(single[at], predictor.predict(example(at)));
                requireSame(batch[at], predictor.batchPredict(four(at)).get(1));
                answers.addAndGet(2);
            }
        }
    }

    /** To the last bit. */
    private static void requireSame(double[][] expected, EnsembleClassifications answer) {
        if (!Arrays.deepEquals(expected, answer.getMemberProbabilities())) {
            throw new AssertionError(
                    "expected %s, but got %s"
                            .formatted(
                                    Arrays.deepToString(expected),
                                    Arrays.deepToString(answer.getMemberProbabilities())));
        }
    }

    /**
     * Memory in use.
     *
     * @param heap of Java, after a collection
     * @param process of the whole process, where Linux tells it; else 0
     */
    private record Memory(long heap, long process) {

        static Memory now() throws IOException {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            Path status = Path.of("/proc/self/status");
            long process = 0;
            if (Files.exists(status)) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmRSS:")) {
                        process = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                    }
                }
            }
            return new Memory(heap, process);
        }

        @Override
        public String toString() {
            return "%d + %d MiB".formatted(heap / MEBIBYTE, process / MEBIBYTE);
        }
    }
}
