/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.compare.Difference;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.PairedTest;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.evaluate.labels.MultiLabelMetrics;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Forecasts;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of models that predict numbers, or several labels. */
class TaskComparisonTest {

    private static final LabeledData FAR =
            LabeledData.unlabeled(new float[] {30, 40, -50, 35, 45, -30, 60, 60}, new Shape(2));

    @TempDir private Path folder;

    private final List<String> trained = new ArrayList<>();

    private static LabeledData numbers(int size, long seed) {
        LabeledData points = TestData.moons(size, 0.1, seed);
        float[] x = points.getFeatures();
        Random random = new Random(seed);
        float[][] sums = new float[size][];
        for (int i = 0; i < size; i++) {
            sums[i] = new float[] {x[2 * i] + x[2 * i + 1] + 0.1f * (float) random.nextGaussian()};
        }
        return points.withTargets(sums);
    }

    private static LabeledData labels(int size, long seed) {
        LabeledData points = TestData.moons(size, 0.3, seed);
        float[] x = points.getFeatures();
        int[][] labels = new int[size][];
        for (int i = 0; i < size; i++) {
            labels[i] = new int[] {points.getLabels()[i], x[2 * i] > 0.5 ? 1 : 0};
        }
        return points.withMultiLabels(labels);
    }

    private static SequentialBlock dropoutNet() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(16).build())
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.1f).build())
                .add(Linear.builder().setUnits(1).build());
    }

    private Comparison ofNumbers() {
        return new Comparison(
                "Mlp",
                TaskComparisonTest::dropoutNet,
                List.of(TestHarness.of("packed", PackedForm.of(3), 16, 1))) {}.optProgress(watch())
                .optBatchSize(32)
                .optEpochs(10)
                .optLearningRate(0.01)
                .optDropoutPasses(5)
                .optModels(folder.resolve("models"))
                .optResults(folder.resolve("results"));
    }

    /** Remembers what is trained. */
    private Progress watch() {
        return new Progress() {

            @Override
            public void onBegin(Run run) {
                trained.add(run.name());
            }

            @Override
            public void onStep(int epoch, int step, double loss) {
                // the beginnings are enough
            }

            @Override
            public void onEpoch(History.Epoch epoch) {
                // the beginnings are enough
            }

            @Override
            public void onEnd() {
                // the beginnings are enough
            }
        };
    }

    private static Result row(Report report, String name) {
        return report.getResults().stream()
                .filter(each -> each.name().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static double value(Report report, String row, Metric metric) {
        return row(report, row).evaluation().getValue(metric);
    }

    @Test
    void numbersAreComparedWithNoiseOfValidationData() throws IOException {
        LabeledData validation = numbers(60, 3);
        LabeledData test = numbers(50, 2);
        Report report = ofNumbers().run(numbers(160, 1), validation, test, Map.of("far", FAR));
        assertEquals(4, report.getResults().size());
        Harness packed = TestHarness.of("packed", PackedForm.of(3), 16, 1);
        try (TrainedEnsemble saved = packed.load(folder.resolve("models").resolve("packed"))) {
            checkErrors(report, saved.predictNumbers(test));
            checkSpread(report, saved, test);
        }
        String plain = report.getResults().get(0).name();
        Harness alone = ModelHarness.plain(TaskComparisonTest::dropoutNet);
        try (TrainedEnsemble saved =
                alone.load(folder.resolve("models").resolve(plain.replace(' ', '-')))) {
            checkNoise(report, plain, saved, validation, test);
        }
        assertNotEquals(
                value(report, plain, RegressionMetrics.NOISE),
                value(report, "MC dropout", RegressionMetrics.NOISE),
                "it is fitted to each row");
        assertTrue(value(report, "MC dropout", RegressionMetrics.SPREAD) > 0);
        RunStatistics statistics = report.getStatistics().orElseThrow();
        Difference difference =
                statistics.getDifference("packed", Figure.of(RegressionMetrics.CRPS)).orElseThrow();
        assertEquals(PairedTest.Method.BOOTSTRAP, difference.test().method());
        assertEquals(
                value(report, "packed", RegressionMetrics.CRPS)
                        - value(report, plain, RegressionMetrics.CRPS),
                difference.test().difference(),
                1e-9);
        checkPage(report);
    }

    private static void checkErrors(Report report, RegressionPredictions given) {
        double squares = 0;
        double absolute = 0;
        for (int i = 0; i < given.size(); i++) {
            double mean = 0;
            for (double[] member : given.getMemberOutputs()[i]) {
                mean += member[0] / 3;
            }
            double error = mean - given.getTargets()[i][0];
            squares += error * error / given.size();
            absolute += Math.abs(error) / given.size();
        }
        assertEquals(Math.sqrt(squares), value(report, "packed", RegressionMetrics.RMSE), 1e-6);
        assertEquals(absolute, value(report, "packed", RegressionMetrics.MAE), 1e-6);
    }

    /** Every pair of a foreign and a test example, by the deviation of the three members. */
    private static void checkSpread(Report report, TrainedEnsemble saved, LabeledData test) {
        double[] in = spreads(saved.predictNumbers(test));
        double[] out = spreads(saved.predictNumbers(FAR));
        double above = 0;
        for (double foreign : out) {
            for (double own : in) {
                above += foreign > own ? 1 : foreign == own ? 0.5 : 0;
            }
        }
        assertEquals(
                above / in.length / out.length,
                row(report, "packed").evaluation().getMainDetections().get("far").getAuroc(),
                1e-12);
        assertEquals(
                0.5,
                report.getResults().get(0).evaluation().getMainDetections().get("far").getAuroc(),
                "a single model has no spread");
    }

    private static double[] spreads(RegressionPredictions given) {
        double[] spreads = new double[given.size()];
        for (int i = 0; i < spreads.length; i++) {
            double[][] members = given.getMemberOutputs()[i];
            double mean = (members[0][0] + members[1][0] + members[2][0]) / 3;
            for (double[] member : members) {
                spreads[i] += Math.pow(member[0] - mean, 2) / 3;
            }
        }
        return spreads;
    }

    /** The noise of a single model is its mean squared error on validation data. */
    private static void checkNoise(
            Report report,
            String plain,
            TrainedEnsemble saved,
            LabeledData validation,
            LabeledData test) {
        double variance = Math.pow(error(saved.predictNumbers(validation)), 2);
        double squares = Math.pow(error(saved.predictNumbers(test)), 2);
        assertEquals(Math.sqrt(variance), value(report, plain, RegressionMetrics.NOISE), 1e-6);
        assertEquals(
                0.5 * Math.log(2 * Math.PI * variance) + squares / (2 * variance),
                value(report, plain, RegressionMetrics.NLL),
                1e-6);
        Forecasts shown = row(report, plain).extras().forecasts().orElseThrow();
        assertEquals(test.size(), shown.truth().length);
        assertEquals(1.6448536 * Math.sqrt(variance), shown.high()[7] - shown.predicted()[7], 1e-5);
        assertEquals(saved.predictNumbers(test).getMeans()[7][0], shown.predicted()[7], 1e-6);
    }

    private static double error(RegressionPredictions given) {
        double squares = 0;
        for (int i = 0; i < given.size(); i++) {
            squares += Math.pow(given.getMeans()[i][0] - given.getTargets()[i][0], 2);
        }
        return Math.sqrt(squares / given.size());
    }

    private void checkPage(Report report) throws IOException {
        report.writeTo(folder.resolve("report"));
        String page = Files.readString(folder.resolve("report").resolve("report.md"));
        for (String text :
                List.of(
                        "Predicted and true",
                        "Out of distribution: far",
                        "Does it notice what it was not made for?",
                        "How far off may it be?",
                        "whose variance was fitted on validation data",
                        "1 number; examples of shape (2)",
                        RegressionMetrics.RMSE.format(
                                value(report, "packed", RegressionMetrics.RMSE)))) {
            assertTrue(page.contains(text), text);
        }
        assertFalse(page.contains("classes;"), page);
        String csv = Files.readString(folder.resolve("report").resolve("results.csv"));
        assertTrue(csv.contains("\npacked,0,far,memberSpread,auroc,"), csv);
        assertTrue(
                Files.exists(folder.resolve("report").resolve("pictures").resolve("roc-far.svg")));
    }

    @Test
    void rowsOfNumbersAreKept() {
        LabeledData train = numbers(80, 1);
        LabeledData validation = numbers(30, 3);
        LabeledData test = numbers(30, 2);
        Report first = ofNumbers().optSeeds(4, 5).run(train, validation, test, Map.of("far", FAR));
        assertEquals(6, trained.size());
        trained.clear();
        Report again =
                ofNumbers().optSeeds(4, 5).resume(train, validation, test, Map.of("far", FAR));
        assertEquals(List.of(), trained);
        for (int r = 0; r < 4; r++) {
            assertEquals(
                    first.getResults().get(r).evaluation().getValues(),
                    again.getResults().get(r).evaluation().getValues());
        }
        Figure auroc = Figure.of("far", Metrics.AUROC);
        RunStatistics statistics = again.getStatistics().orElseThrow();
        assertTrue(statistics.isOverSeeds());
        assertEquals(
                first.getStatistics().orElseThrow().getSpread("packed", auroc),
                statistics.getSpread("packed", auroc));
        assertEquals(2, statistics.getSpread("packed", auroc).orElseThrow().values().size());
    }

    @Test
    void withoutValidationDataMembersArePoints() {
        LabeledData train = numbers(80, 1);
        Report report = ofNumbers().run(train, null, numbers(30, 2), Map.of());
        assertEquals(Double.NaN, value(report, "packed", RegressionMetrics.NLL));
        assertTrue(report.getFacts().get("Intervals").contains("members are points"));
    }

    @Test
    void labelsAreCompared() throws IOException {
        LabeledData test = labels(60, 2);
        Harness packed = TestHarness.of("packed", PackedForm.of(2), 16, 2);
        Report report =
                TestComparison.of(16, 2, packed)
                        .optProgress(Progress.none())
                        .optBatchSize(32)
                        .optEpochs(8)
                        .optLearningRate(0.01)
                        .optModels(folder.resolve("models"))
                        .run(labels(160, 1), labels(40, 3), test, Map.of("far", FAR));
        try (TrainedEnsemble saved = packed.load(folder.resolve("models").resolve("packed"))) {
            MultiLabelPredictions given = saved.predictLabels(test);
            double surprise = 0;
            double exact = 0;
            for (int i = 0; i < test.size(); i++) {
                boolean isExact = true;
                for (int k = 0; k < 2; k++) {
                    double[][] members = given.getMemberProbabilities()[i];
                    double p = (members[0][k] + members[1][k]) / 2;
                    boolean present = given.getLabels()[i][k] == 1;
                    surprise -= Math.log(present ? p : 1 - p) / test.size() / 2;
                    isExact &= p >= 0.5 == present;
                }
                exact += isExact ? 1.0 / test.size() : 0;
            }
            assertEquals(surprise, value(report, "packed", MultiLabelMetrics.BCE), 1e-6);
            assertEquals(exact, value(report, "packed", MultiLabelMetrics.EXACT_MATCH), 1e-9);
            assertEquals(
                    value(report, "packed", MultiLabelMetrics.BCE),
                    saved.getResult(test, Map.of()).evaluation().getValue(MultiLabelMetrics.BCE),
                    1e-9);
        }
        Difference difference =
                report.getStatistics()
                        .orElseThrow()
                        .getDifference("packed", Figure.of(MultiLabelMetrics.EXACT_MATCH))
                        .orElseThrow();
        assertEquals(
                value(report, "packed", MultiLabelMetrics.EXACT_MATCH)
                        - report.getResults()
                                .get(0)
                                .evaluation()
                                .getValue(MultiLabelMetrics.EXACT_MATCH),
                difference.test().difference(),
                1e-9);
        report.writeTo(folder.resolve("report"));
        String page = Files.readString(folder.resolve("report").resolve("report.md"));
        assertTrue(page.contains("2 labels; examples of shape (2)"), page);
        assertTrue(page.contains("Calibration: can the probabilities be believed?"), page);
        assertTrue(page.contains("Out of distribution: far"), page);
    }
}
