/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationOrder;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.calibrate.Calibrator;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.evaluate.conformal.ConformalMethod;
import dev.polyphony.evaluate.conformal.ConformalPredictor;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.corrupt.CorruptedExamples;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import dev.polyphony.evaluate.corrupt.PixelRange;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.evaluate.tta.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationSuiteTest {

    private static final int SIDE = 4;
    private static final int CLASSES = 3;

    /** What the model was asked about. */
    private final List<Examples> asked = new ArrayList<>();

    private final LabeledData validation = images(300, 1);
    private final LabeledData test = images(200, 2);

    /** A bright row tells the class; each image is another. */
    private static LabeledData images(int size, long seed) {
        Random random = new Random(seed);
        float[] all = new float[size * SIDE * SIDE];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(CLASSES);
            for (int k = 0; k < SIDE * SIDE; k++) {
                float bright = k / SIDE == labels[i] ? 0.15f : 0;
                all[i * SIDE * SIDE + k] = 0.6f * random.nextFloat() + bright;
            }
        }
        return LabeledData.of(all, new Shape(1, SIDE, SIDE), labels, CLASSES);
    }

    /** Two members, too sure: rows' brightness, of all columns and of some. */
    private Predictions predict(Examples data, Optional<TestTimeAugmentation> views) {
        asked.add(data);
        LabeledData all;
        try {
            all = data.readAll();
        } catch (IOException | TranslateException e) {
            throw new IllegalStateException(e);
        }
        float[] logits = new float[all.size() * 2 * CLASSES];
        for (int i = 0; i < logits.length; i++) {
            int row = i % CLASSES;
            int columns = SIDE - i / CLASSES % 2;
            for (int x = 0; x < columns; x++) {
                logits[i] +=
                        20
                                * all.getFeatures()[i / CLASSES / 2 * SIDE * SIDE + row * SIDE + x]
                                / columns;
            }
        }
        float scale = views.isPresent() ? 0.5f : 1;
        for (int i = 0; i < logits.length; i++) {
            logits[i] *= scale;
        }
        return Predictions.of(logits, all.getLabels(), 2, CLASSES, Aggregation.PROBABILITIES);
    }

    @Test
    void nothingIsDoneUnasked() {
        EvaluationSuite none = EvaluationSuite.builder().build();
        assertFalse(none.needsValidation());
        SuiteResult result = none.run(this::predict, null, test);
        assertTrue(asked.isEmpty());
        assertEquals(
                new SuiteResult(Optional.empty(), List.of(), Optional.empty(), Optional.empty()),
                result);
    }

    @Test
    void calibrationIsFittedOnValidationDataAlone() {
        EvaluationSuite suite =
                EvaluationSuite.builder()
                        .optCalibration(Calibrator.vector(), CalibrationOrder.POOLED)
                        .build();
        SuiteResult result = suite.run(this::predict, validation, test);
        assertEquals(2, asked.size());
        EnsembleCalibration expected =
                EnsembleCalibration.fit(
                        Calibrator.vector(),
                        CalibrationOrder.POOLED,
                        predict(validation, Optional.empty()));
        assertEquals(
                CalibrationResult.of(expected, predict(test, Optional.empty())),
                result.calibration().orElseThrow());
    }

    /** Neither half of the validation data has an example of the other. */
    @Test
    void calibrationAndSetsSeeDifferentExamples() throws Exception {
        EvaluationSuite suite =
                EvaluationSuite.builder()
                        .optCalibration(Calibrator.temperature(), CalibrationOrder.POOLED)
                        .optConformal(0.8, ConformalMethod.threshold(), ConformalMethod.adaptive())
                        .optSeed(4)
                        .build();
        assertTrue(suite.needsValidation());
        SuiteResult result = suite.run(this::predict, validation, test);
        assertEquals(3, asked.size());
        Set<Float> firsts = new HashSet<>();
        int sizes = 0;
        for (Examples part : asked) {
            LabeledData all = part.readAll();
            sizes += all.size();
            for (int i = 0; i < all.size(); i++) {
                firsts.add(all.getFeatures()[i * SIDE * SIDE]);
            }
        }
        assertEquals(500, sizes);
        assertEquals(500, firsts.size());
        Examples[] parts = validation.split(4, 0.5, 0.5);
        EnsembleCalibration fitted = result.calibration().orElseThrow().calibration();
        ConformalResult expected =
                ConformalPredictor.fit(
                                ConformalMethod.threshold(),
                                0.8,
                                fitted.apply(predict(parts[1], Optional.empty())))
                        .evaluate(fitted.apply(predict(test, Optional.empty())));
        assertEquals(expected, result.conformal().get(0));
        assertEquals("adaptive", result.conformal().get(1).method());
    }

    @Test
    void eachKindAndSeverityIsAskedAbout() {
        List<Corruption> kinds = List.of(Corruption.GAUSSIAN_NOISE, Corruption.CONTRAST);
        EvaluationSuite suite =
                EvaluationSuite.builder()
                        .optCorruptions(kinds, PixelRange.UNIT)
                        .optSeverities(1, 5)
                        .optSeed(3)
                        .build();
        List<CorruptionResult> results =
                suite.run(this::predict, null, test).corruptions().orElseThrow().getResults();
        assertEquals(4, results.size());
        Examples dirty =
                CorruptedExamples.of(test, Corruption.GAUSSIAN_NOISE, 5, PixelRange.UNIT, 3);
        CalibrationResult.Figures figures =
                CalibrationResult.Figures.of(predict(dirty, Optional.empty()));
        assertEquals(
                new CorruptionResult(
                        Corruption.GAUSSIAN_NOISE,
                        5,
                        figures.accuracy(),
                        figures.negativeLogLikelihood(),
                        figures.expectedCalibrationError()),
                results.get(1));
    }

    @Test
    void viewsAreJudgedOnTestData() {
        TestTimeAugmentation views =
                TestTimeAugmentation.builder().setViews(View.identity(), View.flip()).build();
        SuiteResult result =
                EvaluationSuite.builder().optViews(views).build().run(this::predict, null, test);
        double seen = result.augmented().orElseThrow().getValue(Metrics.NLL);
        assertNotEquals(
                CalibrationResult.Figures.of(predict(test, Optional.empty()))
                        .negativeLogLikelihood(),
                seen,
                1e-3);
        assertEquals(
                CalibrationResult.Figures.of(predict(test, Optional.of(views)))
                        .negativeLogLikelihood(),
                seen,
                1e-12);
    }

    @Test
    void validationDataAreAskedFor() {
        EvaluationSuite suite =
                EvaluationSuite.builder().optConformal(0.9, ConformalMethod.threshold()).build();
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> suite.run(this::predict, null, test));
        assertTrue(e.getMessage().contains("set some apart"), e.getMessage());
    }

    @Test
    void severitiesNeedCorruptions() {
        EvaluationSuite.Builder builder = EvaluationSuite.builder().optSeverities(1, 5);
        String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains("set these with optCorruptions"), message);
    }
}
