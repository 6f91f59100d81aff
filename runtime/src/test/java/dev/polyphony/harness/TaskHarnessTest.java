/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.BootstrapBatches;
import dev.polyphony.data.Examples;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.augment.Augmentation;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.data.augment.PixelMix;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelEvaluation;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.loss.BinaryMemberLoss;
import dev.polyphony.train.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks, streamed images and what members see, as users of a harness meet them. */
class TaskHarnessTest {

    private static final LabeledData MOONS = TestData.moons(200, 0.1, 1);

    @TempDir private Path folder;

    private static LabeledData numbers() {
        float[] x = MOONS.getFeatures();
        float[][] sums = new float[200][];
        for (int i = 0; i < 200; i++) {
            sums[i] = new float[] {x[2 * i] + x[2 * i + 1]};
        }
        return MOONS.withTargets(sums);
    }

    @Test
    void predictsNumbers() {
        LabeledData data = numbers();
        try (TrainedEnsemble trained =
                TestHarness.of("packed", PackedForm.of(3), 16, 1).optEpochs(20).fit(data, data)) {
            RegressionPredictions given = trained.predictNumbers(data);
            RegressionEvaluation points = trained.judgeNumbers(data);
            assertSame(RegressionEvaluation.of(given), points);
            assertSame(points, trained.judge(data));
            Map<String, Double> scores = trained.getScores(data);
            double error = given.getRootMeanSquaredError();
            assertEquals(error, scores.get("rootMeanSquaredError"), 1e-12);
            assertTrue(error < 0.2, scores::toString);
            assertFalse(scores.containsKey(RegressionMetrics.NLL.key()), "points have none");
            double[] noise = trained.fitNoise(data);
            RegressionEvaluation gaussians = trained.judgeNumbers(data, noise);
            assertSame(RegressionEvaluation.of(given.withNoise(noise)), gaussians);
            // the noise is of these very examples
            assertTrue(gaussians.getValue(RegressionMetrics.COVERAGE_90) > 0.85);
            assertTrue(
                    points.getValue(RegressionMetrics.COVERAGE_90)
                            < gaussians.getValue(RegressionMetrics.COVERAGE_90));
            assertEquals(
                    Math.pow(error, 2),
                    trained.getHistory().epochs().get(19).validationLoss(),
                    1e-9);
            // nothing that is made for classes makes up a wrong number
            assertThrows(IllegalStateException.class, () -> trained.predict(data));
            assertThrows(IllegalStateException.class, () -> trained.predictNumbers(MOONS));
            assertThrows(IllegalStateException.class, trained::newPredictor);
            // a report fits the noise on validation data
            assertSame(gaussians, trained.getResult(data, Map.of()).evaluation());
            IllegalStateException e =
                    assertThrows(
                            IllegalStateException.class, () -> trained.evaluate(MOONS, Map.of()));
            assertEquals(
                    "The ensemble was trained for the task REGRESSION, but the data are of the task CLASSIFICATION",
                    e.getMessage());
        }
    }

    @Test
    void predictsLabels() {
        int[][] labels = new int[200][];
        for (int i = 0; i < 200; i++) {
            labels[i] = new int[] {i % 2, 1 - i % 2};
        }
        LabeledData data = MOONS.withMultiLabels(labels);
        try (TrainedEnsemble trained =
                TestHarness.of("packed", PackedForm.of(3), 16, 2).optEpochs(10).fit(data)) {
            assertTrue(trained.getRecipe().loss() instanceof BinaryMemberLoss);
            Map<String, Double> scores = trained.getScores(data);
            assertSame(MultiLabelEvaluation.of(trained.predictLabels(data)), trained.judge(data));
            assertEquals(
                    trained.predictLabels(data).getLabelAccuracy(), scores.get("labelAccuracy"));
            assertTrue(scores.get("exactMatch") > 0.8, scores::toString);
            assertThrows(IllegalStateException.class, () -> trained.judgeNumbers(data));
            assertThrows(IllegalStateException.class, () -> trained.predictNumbers(data));
        }
    }

    @Test
    void dataOfComparisonsAreOfOneTask() {
        LabeledData data = numbers();
        Harness packed = TestHarness.of("packed", PackedForm.of(2), 8, 1);
        Comparison comparison = TestComparison.of(8, 1, packed);
        ComparisonException e =
                assertThrows(
                        ComparisonException.class,
                        () -> comparison.run(data, data, MOONS, Map.of()));
        assertTrue(
                e.getMessage()
                        .contains(
                                "the training data are of the task REGRESSION, but the test data of the task CLASSIFICATION"),
                e.getMessage());
    }

    @Test
    void bootstrapIsAnOption() {
        try (TrainedEnsemble trained =
                TestHarness.of("packed", PackedForm.of(2), 8, 2).optBootstrap(true).fit(MOONS)) {
            assertTrue(trained.getRecipe().batches() instanceof BootstrapBatches);
            Map<String, String> facts = trained.evaluate(MOONS, Map.of()).getFacts();
            assertTrue(facts.get("Training").endsWith(", bootstrap samples"), facts::toString);
        }
    }

    /**
     * The best row of the literature: MixMo with CutMix on pixels, here from a folder of images.
     */
    @Test
    void trainsMixMoOnMixedImagesOfAFolder() throws Exception {
        writeImages();
        ImageFolder images =
                ImageFolder.builder().setFolder(folder).setShape(new Shape(1, 6, 6)).build();
        Examples[] parts = images.splitStratified(1, 0.75, 0.25);
        Form form = MixMoForm.of(2).batchRepetitions(2);
        Harness harness = new Harness("MixMo", () -> new EnsembleCnn(form, 3), Recipe.of(form)) {};
        harness.optProgress(Progress.none())
                .optBatchSize(16)
                .optEpochs(15)
                .optLearningRate(0.01)
                .optAugmentation(Augmentation.of(HorizontalFlip.of(0.5), PixelMix.cutMix(1)));
        try (TrainedEnsemble trained = harness.fit(parts[0], parts[1])) {
            Map<String, String> facts = trained.evaluate(parts[1], Map.of()).getFacts();
            assertTrue(facts.get("Training").contains("CutMix, alpha 1.0"), facts::toString);
            Map<String, Double> scores = trained.getScores(parts[1]);
            assertTrue(scores.get("accuracy") > 0.7, scores::toString);
            // images are read batch by batch here, and all at once there
            Predictions all = trained.predict(parts[1].readAll());
            assertSame(Evaluation.of(all), trained.judge(parts[1]));
            Evaluation foreign =
                    trained.getResult(parts[1], Map.of("trained on", parts[0])).classification();
            assertSame(
                    Evaluation.of(all, Map.of("trained on", trained.predict(parts[0]))), foreign);
        }
        assertEquals(List.of("bottom", "middle", "top"), images.getClassNames());
    }

    private static void assertSame(TaskEvaluation expected, TaskEvaluation ours) {
        assertEquals(expected.getExamples(), ours.getExamples());
        assertEquals(expected.getValues().keySet(), ours.getValues().keySet());
        expected.getValues()
                .forEach(
                        (metric, value) ->
                                assertEquals(value, ours.getValue(metric), 1e-9, metric.key()));
    }

    /** Bright stripes on dark ground, as files. */
    private void writeImages() throws IOException {
        LabeledData stripes = TestData.stripes(96, 3);
        float[] pixels = stripes.getFeatures();
        int[] labels = stripes.getLabels();
        String[] names = {"top", "middle", "bottom"};
        for (int i = 0; i < 96; i++) {
            BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
            for (int place = 0; place < 36; place++) {
                int bright = Math.round(100 + 80 * pixels[36 * i + place]);
                image.getRaster()
                        .setSample(place % 6, place / 6, 0, Math.max(0, Math.min(255, bright)));
            }
            Path file = folder.resolve(names[labels[i]]).resolve(i + ".png");
            Files.createDirectories(file.getParent());
            assertTrue(ImageIO.write(image, "png", file.toFile()));
        }
    }
}
