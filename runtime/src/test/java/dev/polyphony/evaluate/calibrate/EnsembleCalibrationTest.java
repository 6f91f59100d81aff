/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnsembleCalibrationTest {

    /** Members that are right more often than not, too sure, and partial to the first class. */
    private static Predictions random(int members, int size, Aggregation aggregation, long seed) {
        Random random = new Random(seed);
        int classes = 4;
        float[] logits = new float[size * members * classes];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(classes);
            for (int k = 0; k < members * classes; k++) {
                double right = k % classes == labels[i] ? 3 : 0;
                double partial = k % classes == 0 ? 1.5 : 0;
                logits[i * members * classes + k] =
                        (float) (right + partial + 3 * random.nextGaussian());
            }
        }
        return Predictions.of(logits, labels, members, classes, aggregation);
    }

    /** On test data from where the validation data come from, each method does what it is for. */
    @ParameterizedTest
    @EnumSource
    void likelihoodGrowsWithWhatAMethodCanTell(Aggregation aggregation) {
        Predictions validation = random(3, 800, aggregation, 1);
        Predictions test = random(3, 800, aggregation, 2);
        for (CalibrationOrder order : CalibrationOrder.values()) {
            Predictions last = test;
            for (ScalingMethod method : ScalingMethod.values()) {
                EnsembleCalibration fitted =
                        EnsembleCalibration.fit(Calibrator.of(method), order, validation);
                assertEquals(order, fitted.getOrder());
                assertEquals(method, fitted.getMethod());
                Predictions now = fitted.apply(test);
                // a matrix has nothing to add here
                double allowed = method == ScalingMethod.MATRIX ? 0.005 : -0.005;
                for (int m = 0; m < 3 && order != CalibrationOrder.POOLED; m++) {
                    assertLower(last.getMember(m), now.getMember(m), allowed);
                }
                if (order != CalibrationOrder.MEMBERS && last != test) {
                    assertLower(last, now, allowed);
                }
                last = now;
            }
        }
    }

    private static void assertLower(Predictions last, Predictions now, double allowed) {
        double before = Scores.negativeLogLikelihood(last);
        double after = Scores.negativeLogLikelihood(now);
        assertTrue(after < before + allowed, after + " after " + before);
    }

    /** Ensembles of calibrated members are not sure enough; calibrated as a whole they are. */
    @Test
    void orderMatters() {
        Predictions validation = random(5, 1500, Aggregation.PROBABILITIES, 1);
        Predictions test = random(5, 1500, Aggregation.PROBABILITIES, 2);
        double[] error = new double[3];
        for (CalibrationOrder order : CalibrationOrder.values()) {
            CalibrationResult result =
                    CalibrationResult.of(
                            EnsembleCalibration.fit(Calibrator.vector(), order, validation), test);
            error[order.ordinal()] = result.after().expectedCalibrationError();
            assertEquals(CalibrationResult.Figures.of(test).brier(), result.before().brier(), 0);
        }
        assertTrue(error[CalibrationOrder.MEMBERS.ordinal()] > 0.1);
        assertTrue(error[CalibrationOrder.POOLED.ordinal()] < 0.03);
        assertTrue(error[CalibrationOrder.MEMBERS_THEN_POOLED.ordinal()] < 0.03);
    }

    @Test
    void temperatureKeepsAnswers() {
        Predictions test = random(3, 300, Aggregation.PROBABILITIES, 2);
        EnsembleCalibration fitted =
                EnsembleCalibration.fit(Calibrator.temperature(), CalibrationOrder.POOLED, test);
        assertArrayEquals(test.getPredicted(), fitted.apply(test).getPredicted());
        CalibrationResult result = CalibrationResult.of(fitted, test);
        assertEquals(result.before().accuracy(), result.after().accuracy());
    }

    /** One member: pooled or by itself is the same. */
    @ParameterizedTest
    @EnumSource
    void oneMemberIsTheEnsemble(ScalingMethod method) {
        Predictions one = random(1, 200, Aggregation.PROBABILITIES, 4);
        Calibrator calibrator = Calibrator.of(method);
        Predictions pooled =
                EnsembleCalibration.fit(calibrator, CalibrationOrder.POOLED, one).apply(one);
        Predictions member =
                EnsembleCalibration.fit(calibrator, CalibrationOrder.MEMBERS, one).apply(one);
        for (int i = 0; i < one.size(); i++) {
            assertArrayEquals(pooled.getProbabilities()[i], member.getProbabilities()[i], 1e-7);
        }
    }

    /** By hand: mean of scaled members, and the power of that mean. */
    @Test
    void membersAreScaledBeforeTheyArePooled() {
        Predictions p = Predictions.of(new float[] {2, 0, 0, 4}, 2, 2, Aggregation.PROBABILITIES);
        Scaling halves = Scaling.ofTemperature(2, 2);
        Scaling quarters = Scaling.ofTemperature(4, 2);
        double first = 1 / (1 + Math.exp(-1));
        double second = 1 / (1 + Math.exp(1));
        Predictions members = EnsembleCalibration.of(List.of(halves, quarters), null).apply(p);
        assertEquals((first + second) / 2, members.getProbabilities()[0][0], 1e-12);
        Predictions unequal = EnsembleCalibration.of(List.of(halves, halves), halves).apply(p);
        double mean = (first + 1 / (1 + Math.exp(2))) / 2;
        double root = Math.sqrt(mean) / (Math.sqrt(mean) + Math.sqrt(1 - mean));
        assertEquals(root, unequal.getProbabilities()[0][0], 1e-12);
    }

    @Test
    void survivesJson() {
        Predictions p = random(3, 200, Aggregation.LOGITS, 5);
        for (ScalingMethod method : ScalingMethod.values()) {
            for (CalibrationOrder order : CalibrationOrder.values()) {
                EnsembleCalibration fitted =
                        EnsembleCalibration.fit(Calibrator.of(method), order, p);
                EnsembleCalibration read = EnsembleCalibration.fromJson(fitted.toJson());
                assertEquals(fitted, read);
                assertEquals(fitted.hashCode(), read.hashCode());
            }
        }
        assertNotEquals(
                EnsembleCalibration.of(List.of(), Scaling.ofTemperature(2, 3)),
                EnsembleCalibration.of(List.of(), Scaling.ofTemperature(3, 3)));
    }

    @Test
    void foreignJsonIsRefused() {
        String good = EnsembleCalibration.of(List.of(), Scaling.ofTemperature(2, 3)).toJson();
        List<String> bad = new ArrayList<>(List.of("", "[]", "{}", "nonsense", "{\"members\": 3}"));
        bad.add("{\"members\": []}");
        bad.add(good.replace("temperature", "magic"));
        bad.add(good.replace("0.5", "-0.5"));
        bad.add(good.replace("0.5", "\"much\""));
        bad.add(good.replace("0.5", "NaN"));
        bad.add(good.replace("\"weights\"", "\"widths\""));
        bad.add(good.replace("3", "1"));
        for (String json : bad) {
            assertThrows(
                    IllegalArgumentException.class, () -> EnsembleCalibration.fromJson(json), json);
        }
    }

    @Test
    void anotherEnsembleIsRefused() {
        Predictions three = random(3, 50, Aggregation.LOGITS, 5);
        EnsembleCalibration two =
                EnsembleCalibration.of(
                        List.of(Scaling.ofTemperature(2, 4), Scaling.ofTemperature(2, 4)), null);
        assertThrows(IllegalArgumentException.class, () -> two.apply(three));
        EnsembleCalibration other = EnsembleCalibration.of(List.of(), Scaling.ofTemperature(2, 5));
        assertThrows(IllegalArgumentException.class, () -> other.apply(three));
        assertThrows(IllegalArgumentException.class, () -> EnsembleCalibration.of(List.of(), null));
        Predictions unlabelled =
                Predictions.of(new float[] {1, 0}, 1, 2, Aggregation.PROBABILITIES);
        assertThrows(
                IllegalStateException.class,
                () ->
                        EnsembleCalibration.fit(
                                Calibrator.vector(), CalibrationOrder.POOLED, unlabelled));
    }
}
