/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.samples.spark.model.Digits;
import dev.polyphony.samples.spark.model.PackedDigitMlpHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Models of the digits after an epoch, and the library's own answers of them. */
public final class TestModels {

    static final List<String> NAMES =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private TestModels() {}

    private static Harness harness(int outputs) {
        return PackedDigitMlpHarness.of(16, outputs).optEpochs(1).optBatchSize(64).optSeed(3);
    }

    /** Rows of 64 columns to named classes; abstains from a tenth or so. */
    public static Path classes(Path folder) throws IOException {
        LabeledData train = Digits.readParts()[0];
        try (TrainedEnsemble trained = harness(Digits.CLASSES).fit(train)) {
            AbstentionRule rule =
                    AbstentionRule.ofCoverage(
                            trained.predict(train), UncertaintyScore.PREDICTIVE_ENTROPY, 0.9);
            trained.optClassNames(NAMES)
                    .optAnswers(trained.getDescription().answers().withAbstention(rule))
                    .save(folder);
        }
        return folder;
    }

    /** Images, gray and of 8 x 8 pixels or resized to it. */
    static Path images(Path folder) throws IOException {
        LabeledData digits = Digits.readParts()[0];
        LabeledData images =
                LabeledData.of(digits.getFeatures(), new Shape(1, 8, 8), digits.getLabels());
        try (TrainedEnsemble trained = harness(Digits.CLASSES).fit(images)) {
            trained.optInput(ImageFormat.of(new Shape(1, 8, 8)).withResize(true)).save(folder);
        }
        return folder;
    }

    /** Arrays of 64 numbers to two labels: an even digit, a round one. */
    static Path labels(Path folder) throws IOException {
        LabeledData digits = Digits.readParts()[0];
        int[][] labels = new int[digits.size()][];
        for (int i = 0; i < labels.length; i++) {
            int digit = digits.getLabels()[i];
            boolean isRound = digit == 0 || digit == 6 || digit == 8 || digit == 9;
            labels[i] = new int[] {1 - digit % 2, isRound ? 1 : 0};
        }
        try (TrainedEnsemble trained = harness(2).fit(arrays(digits).withMultiLabels(labels))) {
            trained.optClassNames(List.of("even", "round")).save(folder);
        }
        return folder;
    }

    /** Arrays of 64 numbers to two numbers: the ink of both halves. */
    static Path numbers(Path folder) throws IOException {
        LabeledData digits = Digits.readParts()[0];
        float[] pixels = digits.getFeatures();
        float[][] targets = new float[digits.size()][2];
        for (int i = 0; i < pixels.length; i++) {
            targets[i / Digits.PIXELS][i % Digits.PIXELS / 32] += pixels[i] / 8;
        }
        try (TrainedEnsemble trained = harness(2).fit(arrays(digits).withTargets(targets))) {
            trained.optClassNames(List.of("upper half", "lower half")).save(folder);
        }
        return folder;
    }

    private static LabeledData arrays(LabeledData digits) {
        return LabeledData.of(digits.getFeatures(), new Shape(Digits.PIXELS), digits.getLabels());
    }

    /** What the library's own predictor says, one example a pass. */
    static <I, O> List<O> predict(Path folder, Class<I> input, Class<O> output, List<I> examples)
            throws Exception {
        Criteria<I, O> criteria =
                Criteria.builder()
                        .setTypes(input, output)
                        .optModelPath(folder)
                        .optTranslatorFactory(new EnsembleTranslatorFactory())
                        .build();
        try (ZooModel<I, O> model = criteria.loadModel();
                Predictor<I, O> predictor = model.newPredictor()) {
            List<O> answers = new java.util.ArrayList<>();
            for (I example : examples) {
                answers.add(predictor.predict(example));
            }
            return answers;
        }
    }
}
