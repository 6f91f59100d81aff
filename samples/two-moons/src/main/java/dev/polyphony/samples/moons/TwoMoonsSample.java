/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.moons;

import dev.polyphony.command.ComparisonCommand;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Comparison;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.report.Report;
import dev.polyphony.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trains the plain perceptron, its forms and a deep ensemble on 24,000 points of the two moons, and
 * judges them on 6,000 others.
 */
public final class TwoMoonsSample {

    private static final int HIDDEN = 128;
    private static final int CLASSES = 2;
    private static final int POINTS = 30_000;
    private static final double NOISE = 0.2;
    private static final int SEED = 42;

    private TwoMoonsSample() {}

    /**
     * Runs a command of the comparison. {@code train DIR} trains as the sample does and keeps all
     * in a folder; {@code resume DIR} goes on with it; {@code --help} lists the others.
     *
     * @param args the command line
     * @throws IOException if the data cannot be written
     */
    public static void main(String[] args) throws IOException {
        boolean isSample = args.length == 2 && args[0].equals("train");
        ComparisonCommand.run(
                isSample ? arguments(Path.of(args[1])) : args, values -> newComparison());
    }

    /** The command line that trains as the sample does, whose data this writes. */
    static String[] arguments(Path run) throws IOException {
        Path points = Files.createDirectories(run.resolve("data")).resolve("moons.csv");
        Files.write(points, Moons.lines(Moons.points(POINTS, NOISE, SEED)));
        return new String[] {
            "train",
            "--out=" + run,
            "--data=" + points,
            "--validation=0",
            "--test=0.2",
            "--split-seed=" + SEED,
            "--epochs=10",
            "--seed=1",
            "--checkpoint-every=5s",
            "--overwrite"
        };
    }

    static Comparison newComparison() {
        return MlpComparison.of(HIDDEN, CLASSES)
                .add(trainedOnSameInputs())
                .optBatchSize(128)
                .optLearningRate(1e-3)
                .optSeed(1);
    }

    /** Not MIMO as published: all members get the same input, and the loss that of mean logits. */
    private static MimoMlpHarness trainedOnSameInputs() {
        MimoMlpHarness harness = MimoMlpHarness.of(HIDDEN, CLASSES);
        harness.optName("MIMO, same input to all members")
                .optRecipe(Recipe.sameInputs((MimoForm) harness.getRecipe().form()));
        return harness;
    }

    static Report compare(int points, Comparison comparison) {
        LabeledData[] parts = Moons.points(points, NOISE, SEED).splitStratified(SEED, 0.8, 0.2);
        return comparison.run(parts[0], null, parts[1], Map.of());
    }
}
