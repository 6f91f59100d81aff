/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationOrder;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.calibrate.Calibrator;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.evaluate.conformal.ConformalMethod;
import dev.polyphony.evaluate.conformal.ConformalPredictor;
import dev.polyphony.evaluate.corrupt.CorruptedExamples;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import dev.polyphony.evaluate.corrupt.PixelRange;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.evaluate.tta.View;
import dev.polyphony.inference.Arguments;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.PlainCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Extras;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows are judged by beyond the test set. */
class ComparisonSuiteTest {

    private static final int SIDE = 6;
    private static final LabeledData TRAIN = images(96, 1);
    private static final LabeledData VALIDATION = images(60, 2);
    private static final LabeledData TEST = images(45, 3);
    private static final TestTimeAugmentation VIEWS =
            TestTimeAugmentation.builder().setViews(View.identity(), View.shift(1, 0)).build();

    @TempDir private Path folder;

    private final List<String> trained = new ArrayList<>();

    /** Stripes from 0 to 1, of which a few have another's class, so that nobody is always right. */
    private static LabeledData images(int size, long seed) {
        LabeledData stripes = TestData.stripes(size, seed);
        float[] pixels = stripes.getFeatures();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(Math.max(0.5f * pixels[i] + 0.2f, 0), 1);
        }
        int[] labels = stripes.getLabels();
        for (int i = 0; i < size; i += 7) {
            labels[i] = (labels[i] + 1) % 3;
        }
        return LabeledData.of(pixels, stripes.getShape(), labels, 3);
    }

    private static EvaluationSuite suite(int... severities) {
        return EvaluationSuite.builder()
                .optCalibration(Calibrator.temperature(), CalibrationOrder.POOLED)
                .optConformal(0.8, ConformalMethod.threshold(), ConformalMethod.adaptive())
                .optCorruptions(
                        List.of(Corruption.GAUSSIAN_NOISE, Corruption.CONTRAST), PixelRange.UNIT)
                .optSeverities(severities)
                .optViews(VIEWS)
                .build();
    }

    private static Harness packed() {
        PackedForm form = PackedForm.of(2);
        return new Harness(
                "Cnn, packed",
                () -> new EnsembleCnn(form, 3),
                Recipe.of(form),
                null,
                Arguments.of("classes", 3)) {}.optProgress(Progress.none())
                .optBatchSize(32)
                .optLearningRate(0.01)
                .optEpochs(3);
    }

    private Comparison comparison(EvaluationSuite suite) {
        return new Comparison("Cnn", () -> new PlainCnn(3), List.of(packed())) {}.optProgress(
                        watch())
                .optBatchSize(32)
                .optLearningRate(0.01)
                .optEpochs(3)
                .optDropoutPasses(3)
                .optEvaluation(suite);
    }

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

    private static CorruptionResult judged(TrainedEnsemble model, Corruption kind, int severity) {
        Examples dirty = CorruptedExamples.of(TEST, kind, severity, PixelRange.UNIT, 0);
        CalibrationResult.Figures figures = CalibrationResult.Figures.of(model.predict(dirty));
        return new CorruptionResult(
                kind,
                severity,
                figures.accuracy(),
                figures.negativeLogLikelihood(),
                figures.expectedCalibrationError());
    }

    /** Everything one to the right, the left edge twice. */
    private static LabeledData shifted() {
        float[] pixels = TEST.getFeatures();
        float[] moved = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            moved[i] = pixels[i % SIDE == 0 ? i : i - 1];
        }
        return LabeledData.of(moved, TEST.getShape(), TEST.getLabels(), 3);
    }

    private static double nllOfBothViews(TrainedEnsemble model) {
        double[][] still = model.predict(TEST).getProbabilities();
        double[][] moved = model.predict(shifted()).getProbabilities();
        double sum = 0;
        for (int i = 0; i < TEST.size(); i++) {
            int right = TEST.getLabels()[i];
            sum -= Math.log((still[i][right] + moved[i][right]) / 2);
        }
        return sum / TEST.size();
    }

    @Test
    void everyRowOfEverySeedIsJudged() throws IOException {
        Path models = folder.resolve("models");
        Path results = folder.resolve("results");
        Comparison comparison =
                comparison(suite(1, 5)).optSeeds(1, 2).optModels(models).optResults(results);
        Report report = comparison.run(TRAIN, VALIDATION, TEST, Map.of());

        assertEquals(
                List.of("plain", "MC dropout", "packed", "deep ensemble"),
                report.getResults().stream().map(Result::name).toList());
        RunStatistics statistics = report.getStatistics().orElseThrow();
        for (Result row : report.getResults()) {
            Extras extras = row.extras();
            assertEquals(1, extras.calibrations().size());
            assertEquals(2, extras.conformal().size());
            assertEquals(4, extras.corruptions().size());
            assertEquals(row.evaluation().getMembers(), extras.views().get().getMembers());
            Figure calibrated =
                    statistics.getFigures().stream()
                            .filter(figure -> figure.metric().title().equals("NLL, calibrated"))
                            .findFirst()
                            .orElseThrow();
            List<Double> values = statistics.getSpread(row.name(), calibrated).get().values();
            assertEquals(
                    extras.calibrations().get(0).after().negativeLogLikelihood(), values.get(0));
            assertNotEquals(values.get(0), values.get(1));
        }
        assertTrue(report.getFacts().get("Beyond the test set").startsWith("temperature scaling"));

        try (TrainedEnsemble packed = packed().load(models.resolve("seed-1/packed"))) {
            Extras extras = report.getResults().get(2).extras();
            Examples[] parts = VALIDATION.split(0, 0.5, 0.5);
            EnsembleCalibration fitted =
                    EnsembleCalibration.fit(
                            Calibrator.temperature(),
                            CalibrationOrder.POOLED,
                            packed.predict(parts[0]));
            Predictions test = packed.predict(TEST);
            assertEquals(CalibrationResult.of(fitted, test), extras.calibrations().get(0));
            // what is saved answers with it
            assertEquals(fitted, packed.getDescription().answers().calibration().orElseThrow());
            assertEquals(
                    ConformalPredictor.fit(
                                    ConformalMethod.adaptive(),
                                    0.8,
                                    fitted.apply(packed.predict(parts[1])))
                            .evaluate(fitted.apply(test)),
                    extras.conformal().get(1));
            assertEquals(judged(packed, Corruption.GAUSSIAN_NOISE, 5), extras.corruptions().get(1));
            assertEquals(judged(packed, Corruption.CONTRAST, 1), extras.corruptions().get(2));
            assertEquals(nllOfBothViews(packed), extras.views().get().getValue(Metrics.NLL), 1e-5);
        }
        goesOn(report, models, results);
    }

    private void goesOn(Report report, Path models, Path results) throws IOException {
        trained.clear();
        Comparison same =
                comparison(suite(1, 5)).optSeeds(1, 2).optModels(models).optResults(results);
        assertSame(report, same.resume(TRAIN, VALIDATION, TEST, Map.of()));
        assertEquals(List.of(), trained);
        Comparison saved = comparison(suite(1, 5)).optSeeds(1, 2);
        assertSame(report, saved.evaluate(models, VALIDATION, TEST, Map.of()));
        // what was judged otherwise is judged anew
        Comparison other = comparison(suite(1, 4)).optResults(results).optSeed(1);
        Report changed = other.resume(TRAIN, VALIDATION, TEST, Map.of());
        assertEquals(3, trained.size());
        assertEquals(4, changed.getResults().get(2).extras().corruptions().get(1).severity());
    }

    private static void assertSame(Report expected, Report actual) {
        for (int row = 0; row < expected.getResults().size(); row++) {
            Extras one = expected.getResults().get(row).extras();
            Extras other = actual.getResults().get(row).extras();
            assertEquals(one.calibrations(), other.calibrations());
            assertEquals(one.conformal(), other.conformal());
            assertEquals(one.corruptions(), other.corruptions());
            assertEquals(one.views().get().getValues(), other.views().get().getValues());
        }
    }

    /** The labels of test data change figures of a report, and nothing that is fitted. */
    @Test
    void nothingIsFittedOnTestData() {
        int[] wrong = Arrays.stream(TEST.getLabels()).map(label -> (label + 1) % 3).toArray();
        LabeledData poisoned = LabeledData.of(TEST.getFeatures(), TEST.getShape(), wrong, 3);
        try (TrainedEnsemble model = packed().optEvaluation(suite(3)).fit(TRAIN, VALIDATION)) {
            Extras right = model.evaluate(TEST, Map.of()).getResults().get(0).extras();
            Extras other = model.evaluate(poisoned, Map.of()).getResults().get(0).extras();
            assertEquals(
                    right.calibrations().get(0).calibration(),
                    other.calibrations().get(0).calibration());
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        right.conformal().get(i).quantile(), other.conformal().get(i).quantile());
                assertEquals(
                        right.conformal().get(i).meanSize(), other.conformal().get(i).meanSize());
                assertNotEquals(
                        right.conformal().get(i).coverage(), other.conformal().get(i).coverage());
            }
            assertNotEquals(
                    right.corruptions().get(0).accuracy(), other.corruptions().get(0).accuracy());
            assertTrue(model.getDescription().answers().calibration().isEmpty());
        }
    }

    @Test
    void whatCannotBeJudgedIsSaidBeforeTraining() {
        Exception noValidation =
                assertThrows(
                        ComparisonException.class,
                        () -> comparison(suite(3)).run(TRAIN, null, TEST, Map.of()));
        assertTrue(noValidation.getMessage().contains("and there are none: set some apart"));
        assertThrows(
                IllegalArgumentException.class, () -> packed().optEvaluation(suite(3)).fit(TRAIN));
        Exception range =
                assertThrows(
                        ComparisonException.class,
                        () ->
                                comparison(suite(3))
                                        .run(TRAIN, VALIDATION, TestData.stripes(30, 1), Map.of()));
        assertTrue(range.getMessage().contains("pixels should run from 0"), range.getMessage());
        LabeledData points = LabeledData.of(new float[4], new Shape(2), new int[] {0, 1}, 3);
        assertThrows(IllegalArgumentException.class, () -> suite(3).require(VALIDATION, points));
        assertEquals(List.of(), trained);
        assertFalse(Files.exists(folder.resolve("results")));
    }
}
