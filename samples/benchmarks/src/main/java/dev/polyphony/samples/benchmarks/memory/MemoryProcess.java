/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.memory;

import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.samples.benchmarks.moons.Moons;
import dev.polyphony.samples.benchmarks.moons.MoonsProcess;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains a method on the two moons for 20,000 steps, and prints by how many bytes the Java heap,
 * after a collection, and the process without it have grown since step 5,000.
 *
 * <p>The heap has a fixed size and is touched at the start, so what the process grows by (VmRSS of
 * Linux) is not the heap. Each is the median of ten samples, one every 250 steps: at the end, and
 * from step 5,000 on.
 */
public final class MemoryProcess {

    private static final int BATCH = 32;
    private static final int STEPS = 250;
    private static final int EPOCHS = 80;
    private static final int SKIPPED = 20;
    private static final int SAMPLES = 10;

    private MemoryProcess() {}

    /**
     * Runs the process.
     *
     * @param args the method
     */
    public static void main(String[] args) {
        List<Long> heap = new ArrayList<>();
        List<Long> process = new ArrayList<>();
        Progress sampler =
                new Progress() {

                    @Override
                    public void onBegin(Run run) {}

                    @Override
                    public void onStep(int epoch, int step, double loss) {}

                    @Override
                    public void onEpoch(History.Epoch epoch) {
                        System.gc();
                        heap.add(
                                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
                        process.add(resident());
                    }

                    @Override
                    public void onEnd() {}
                };
        try (TrainedEnsemble trained =
                MoonsProcess.harness(args[0])
                        .optEpochs(EPOCHS)
                        .optBatchSize(BATCH)
                        .optProgress(sampler)
                        .fit(Moons.points(BATCH * STEPS))) {
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%d %d %d",
                            trained.getHistory().steps(),
                            growth(heap),
                            growth(process)));
        }
    }

    private static long growth(List<Long> samples) {
        return median(samples.subList(samples.size() - SAMPLES, samples.size()))
                - median(samples.subList(SKIPPED, SKIPPED + SAMPLES));
    }

    private static long median(List<Long> samples) {
        long[] sorted = samples.stream().mapToLong(Long::longValue).sorted().toArray();
        return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }

    /** The memory that the process has, in bytes; 0 where there is no such file. */
    private static long resident() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
