/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.moons;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Harness;
import dev.polyphony.samples.benchmarks.model.BatchEnsembleMlpHarness;
import dev.polyphony.samples.benchmarks.model.DeepEnsembleMlpHarness;
import dev.polyphony.samples.benchmarks.model.MasksemblesMlpHarness;
import dev.polyphony.samples.benchmarks.model.MimoMlpHarness;
import dev.polyphony.samples.benchmarks.model.MixMoMlpHarness;
import dev.polyphony.samples.benchmarks.model.PackedMlpHarness;
import dev.polyphony.samples.benchmarks.model.PlainMlp;
import dev.polyphony.samples.benchmarks.model.PlainMlpHarness;
import dev.polyphony.samples.benchmarks.model.SubEnsembleMlpHarness;
import dev.polyphony.samples.benchmarks.step.Learner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * For each line that names a method, trains it for two epochs and answers with the seconds of the
 * second, by the wall clock and of the thread that trains, and its samples. {@code bare} is the
 * plain network without the harness: as many steps on one batch, of forward pass, loss, backward
 * pass and optimizer.
 */
public final class MoonsProcess {

    /** The name of the steps without a harness. */
    public static final String BARE = "bare";

    /** The examples of a step. */
    public static final int BATCH = 128;

    private static final int HIDDEN = 128;
    private static final int CLASSES = 2;

    private MoonsProcess() {}

    /**
     * Runs the process.
     *
     * @param args the number of points
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        LabeledData points = Moons.points(Integer.parseInt(args[0]));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready Polyphony");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int steps = points.size() / BATCH;
            Seconds time = line.equals(BARE) ? bare(steps) : train(harness(line), points);
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%.6f %.6f %d",
                            time.wall(),
                            time.cpu(),
                            (long) steps * BATCH));
        }
    }

    private static Seconds train(Harness harness, LabeledData points) {
        EpochClock clock = new EpochClock();
        harness.optEpochs(2).optBatchSize(BATCH).optLearningRate(1e-3).optProgress(clock);
        harness.fit(points).close();
        return clock.getLast();
    }

    private static Seconds bare(int steps) {
        Shape batch = new Shape(BATCH, 2);
        PlainMlp network = new PlainMlp(HIDDEN, CLASSES);
        // as the harness trains it: an example for each member, of whom there is one
        Shape labels = new Shape(BATCH, 1);
        try (Learner learner = new Learner(network, batch, labels.add(2), labels, true)) {
            Seconds last = null;
            for (int epoch = 0; epoch < 2; epoch++) {
                Seconds start = Seconds.now();
                for (int i = 0; i < steps; i++) {
                    learner.train();
                }
                last = Seconds.now().since(start);
            }
            return last;
        }
    }

    /**
     * Returns a harness of the two moons.
     *
     * @param method the method
     * @return its harness
     */
    public static Harness harness(String method) {
        return switch (method) {
            case "plain" -> PlainMlpHarness.of(HIDDEN, CLASSES);
            case "packed" -> PackedMlpHarness.of(HIDDEN, CLASSES);
            case "mimo" -> MimoMlpHarness.of(HIDDEN, CLASSES);
            case "mixmo" -> MixMoMlpHarness.of(HIDDEN, CLASSES);
            case "batch-ensemble" -> BatchEnsembleMlpHarness.of(HIDDEN, CLASSES);
            case "masksembles" -> MasksemblesMlpHarness.of(HIDDEN, CLASSES);
            case "sub-ensemble" -> SubEnsembleMlpHarness.of(HIDDEN, CLASSES);
            case "deep-ensemble" -> DeepEnsembleMlpHarness.of(HIDDEN, CLASSES);
            default -> throw new IllegalArgumentException("No such method: " + method);
        };
    }
}
