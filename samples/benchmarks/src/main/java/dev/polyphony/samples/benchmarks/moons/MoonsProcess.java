/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.moons;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Harness;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.samples.benchmarks.model.BatchEnsembleMlp;
import dev.polyphony.samples.benchmarks.model.BatchEnsembleMlpHarness;
import dev.polyphony.samples.benchmarks.model.DeepEnsembleMlp;
import dev.polyphony.samples.benchmarks.model.DeepEnsembleMlpHarness;
import dev.polyphony.samples.benchmarks.model.MasksemblesMlp;
import dev.polyphony.samples.benchmarks.model.MasksemblesMlpHarness;
import dev.polyphony.samples.benchmarks.model.MimoMlp;
import dev.polyphony.samples.benchmarks.model.MimoMlpHarness;
import dev.polyphony.samples.benchmarks.model.MixMoMlp;
import dev.polyphony.samples.benchmarks.model.MixMoMlpHarness;
import dev.polyphony.samples.benchmarks.model.PackedMlp;
import dev.polyphony.samples.benchmarks.model.PackedMlpHarness;
import dev.polyphony.samples.benchmarks.model.PlainMlp;
import dev.polyphony.samples.benchmarks.model.PlainMlpHarness;
import dev.polyphony.samples.benchmarks.model.SubEnsembleMlp;
import dev.polyphony.samples.benchmarks.model.SubEnsembleMlpHarness;
import dev.polyphony.samples.benchmarks.step.Learner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * For each line that names a method, trains it for two epochs and answers with the seconds of the
 * second, by the wall clock and of the thread that trains, and its samples. With {@code bare}
 * before it, a method is trained without the harness: as many steps on one batch, of forward pass,
 * loss, backward pass and optimizer.
 */
public final class MoonsProcess {

    /** What stands before a method for its steps without data or harness. */
    public static final String BARE = "bare ";

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
            Seconds time =
                    line.startsWith(BARE)
                            ? bare(line.substring(BARE.length()), steps)
                            : train(harness(line), points);
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

    private static Seconds bare(String method, int steps) {
        try (Learner learner = learner(method)) {
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

    /** What a harness trains, on one batch as it makes them. */
    private static Learner learner(String method) {
        return switch (method) {
            case "plain" -> own(new PlainMlp(HIDDEN, CLASSES), BATCH);
            case "packed" -> shared(new PackedMlp(HIDDEN, CLASSES));
            case "mimo" -> own(new MimoMlp(HIDDEN, CLASSES), BATCH);
            case "mixmo" -> own(new MixMoMlp(HIDDEN, CLASSES), BATCH).mixed(BATCH, 2);
            case "batch-ensemble" -> split(new BatchEnsembleMlp(HIDDEN, CLASSES));
            case "masksembles" -> split(new MasksemblesMlp(HIDDEN, CLASSES));
            case "sub-ensemble" -> shared(new SubEnsembleMlp(HIDDEN, CLASSES));
            case "deep-ensemble" -> own(new DeepEnsembleMlp(HIDDEN, CLASSES), BATCH);
            default -> throw new IllegalArgumentException("No such method: " + method);
        };
    }

    /** Members that see the same examples. */
    private static Learner shared(Ensemble network) {
        Shape input = new Shape(BATCH, 2);
        return new Learner(network, input, input, new Shape(BATCH), true);
    }

    /** Members that share a batch out. */
    private static Learner split(Ensemble network) {
        return own(network, BATCH / network.getMembers());
    }

    /** Members with examples of their own. */
    private static Learner own(Ensemble network, int rows) {
        Shape labels = new Shape(rows, network.getMembers());
        return new Learner(network, new Shape(BATCH, 2), labels.add(2), labels, true);
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
