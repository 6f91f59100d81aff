/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.moons;

import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Comparison;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.report.Report;
import dev.polyphony.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Trains the plain perceptron, its forms and a deep ensemble on 24,000 points of the two moons, and
 * judges them on 6,000 others.
 */
public final class TwoMoonsSample {

    private static final int HIDDEN = 128;
    private static final int CLASSES = 2;

    private TwoMoonsSample() {}

    /**
     * Runs the sample.
     *
     * @param args the folder for the report
     * @throws IOException if the report cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "report");
        Report report = compare(30_000, newComparison().optEpochs(10));
        report.print(System.out);
        Path page = report.writeTo(folder).toAbsolutePath();
        System.out.println("Page:      " + page);
        System.out.println("Pictures:  " + page.resolveSibling("pictures"));
        System.out.println("Table:     " + page.resolveSibling("report.md"));
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
        LabeledData[] parts = Moons.points(points, 0.2, 42).splitStratified(42, 0.8, 0.2);
        return comparison.run(parts[0], null, parts[1], Map.of());
    }
}
