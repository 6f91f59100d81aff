/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every metric of a classifier against scikit-learn 1.x (accuracy, top-k, log loss, AUROC, average
 * precision, ROC), SciPy (entropies, divergence) and formulas written in NumPy (the rest), all in
 * double precision on {@link Answers}.
 */
class EvaluationTruthTest {

    private static final double EPS = 1e-12;

    private static final Evaluation TRUTH =
            Evaluation.of(Answers.test(), Map.of("noise", Answers.foreign()));

    private static void assertValue(double expected, Metric metric) {
        assertEquals(expected, TRUTH.getValue(metric), EPS, metric.key());
    }

    @Test
    void scores() {
        assertValue(0.75, Metrics.ACCURACY);
        assertValue(Double.NaN, Metrics.TOP5);
        assertEquals(0.75, TRUTH.getTopAccuracy(1), EPS);
        assertEquals(0.8166666666666667, TRUTH.getTopAccuracy(2), EPS);
        assertEquals(0.9333333333333333, TRUTH.getTopAccuracy(3), EPS);
        assertEquals(1, TRUTH.getTopAccuracy(4), 0);
        assertValue(1.0657584587872677, Metrics.NLL);
        assertValue(0.5659901704255215, Metrics.BRIER);
    }

    @Test
    void calibration() {
        assertValue(0.29717868009609416, Metrics.ECE);
        assertEquals(0.29717868009609416, TRUTH.getValue(Metrics.HALF_OPEN_ECE), 1e-7);
        // numpy.array_split of the examples in the order of their confidence
        assertValue(0.3224787677144821, Metrics.ADAPTIVE_ECE);
        assertValue(0.12951782034911513, Metrics.CLASSWISE_ECE);
        assertValue(0.29717868009609416, Metrics.SMOOTH_ECE);
        assertEquals(
                0.12951782034911513,
                IntStream.range(0, 4)
                        .mapToDouble(c -> TRUTH.getClassCalibrationError()[c])
                        .average()
                        .orElseThrow(),
                EPS);
        assertEquals(
                0.3224787677144821,
                Calibration.expectedError(TRUTH.getEqualMassReliability(), 60),
                EPS);
    }

    @Test
    void uncertainty() {
        assertValue(1.1702495923352991, Metrics.PREDICTIVE_ENTROPY);
        assertValue(0.6880195143963721, Metrics.EXPECTED_ENTROPY);
        assertValue(0.48223007793892714, Metrics.MUTUAL_INFORMATION);
        assertValue(0.4888888888888889, Metrics.VARIATION_RATIO);
        assertValue(0.7666666666666666, Metrics.DISAGREEMENT);
    }

    @Test
    void members() {
        double[][] expected = {
            {0.4, 2.302757095332673, 0.8686635058791674, 0.3328184148235506},
            {0.5, 1.4238908309087221, 0.692129928061729, 0.2679063150804486},
            {0.4, 2.1150518334605826, 0.9210938342653779, 0.3331933990343673}
        };
        for (int m = 0; m < 3; m++) {
            MemberFigures own = TRUTH.getMemberFigures().get(m);
            assertArrayEquals(
                    expected[m],
                    new double[] {
                        own.accuracy(),
                        own.negativeLogLikelihood(),
                        own.brier(),
                        own.expectedCalibrationError()
                    },
                    EPS);
        }
        assertValue(1.3 / 3, Metrics.MEMBER_ACCURACY);
        assertValue(
                (0.8686635058791674 + 0.692129928061729 + 0.9210938342653779) / 3,
                Metrics.MEMBER_BRIER);
        assertValue(
                (0.3328184148235506 + 0.2679063150804486 + 0.3331933990343673) / 3,
                Metrics.MEMBER_ECE);
    }

    @Test
    void pairs() {
        assertValue(0.43333333333333335, PairMeasure.OUTCOME_AGREEMENT.getMetric());
        assertValue(0.2833333333333333, PairMeasure.DOUBLE_FAULT.getMetric());
        assertValue(2.002450980392157, PairMeasure.RATIO_OF_ERRORS.getMetric());
        assertValue(-0.30365870688451335, PairMeasure.Q_STATISTIC.getMetric());
        assertValue(-0.15137471507731057, PairMeasure.CORRELATION.getMetric());
        assertValue(2.345970292898566, PairMeasure.KL_DIVERGENCE.getMetric());
        double[][] divergence = TRUTH.getPairs(PairMeasure.KL_DIVERGENCE);
        assertEquals(1.9983892430663175, divergence[0][1], EPS);
        assertEquals(2.1448193, divergence[1][0], 1e-7);
        double[][] agreement = TRUTH.getPairs(PairMeasure.AGREEMENT);
        double[][] disagreement = TRUTH.getPairs(PairMeasure.DISAGREEMENT);
        for (int m = 0; m < 3; m++) {
            assertEquals(1, agreement[m][m], 0);
            assertEquals(0, divergence[m][m], 0);
            assertEquals(1, agreement[m][(m + 1) % 3] + disagreement[m][(m + 1) % 3], EPS);
        }
    }

    @Test
    void selectivePrediction() {
        assertValue(0.5896296296296297, Metrics.MISCLASSIFICATION_AUROC);
        assertValue(0.19572218745521033, Metrics.AURC);
        assertValue(0.11002824858757063, Metrics.AUGRC);
        assertValue(0.06666666666666667, Metrics.COVERAGE_AT_5_RISK);
        assertValue(0.20833333333333334, Metrics.RISK_AT_80_COVERAGE);
        assertEquals(0.7666666666666667, TRUTH.getSelection().getCoverageAt(0.2), EPS);
        assertEquals(1, TRUTH.getSelection().getCoverageAt(0.3), EPS);
    }

    @Test
    void detection() {
        Map<UncertaintyScore, double[]> expected =
                Map.of(
                        UncertaintyScore.PREDICTIVE_ENTROPY,
                        new double[] {
                            0.8666666666666667,
                            0.754981037886496,
                            0.9462435652719713,
                            0.38333333333333336
                        },
                        UncertaintyScore.MUTUAL_INFORMATION,
                        new double[] {
                            0.15333333333333335, 0.18723695043218366, 0.5401308074774098, 1
                        },
                        // many ties
                        UncertaintyScore.VARIATION_RATIO,
                        new double[] {
                            0.6213333333333333,
                            0.35721132897603486,
                            0.7725490196078431,
                            0.9333333333333333
                        });
        expected.forEach(
                (score, values) -> {
                    Detection detection = TRUTH.getDetections().get("noise").get(score);
                    double[] ours =
                            Metrics.getDetection().stream()
                                    .mapToDouble(detection::getValue)
                                    .toArray();
                    // two examples of the test set tie up to rounding, which one area notices
                    double eps = score == UncertaintyScore.MUTUAL_INFORMATION ? 2e-4 : EPS;
                    assertArrayEquals(values, ours, eps, score.getKey());
                });
    }

    @Test
    void extremes() {
        assertEquals(
                List.of(51, 15, 44),
                TRUTH.getMostUncertain().stream().limit(3).map(JudgedExample::index).toList());
        assertEquals(1.34620201, TRUTH.getMostUncertain().get(0).entropy(), 1e-8);
        JudgedExample wrong = TRUTH.getMostConfidentlyWrong().get(0);
        assertEquals(30, wrong.index());
        assertEquals(2, wrong.label());
        assertEquals(3, wrong.predicted());
        assertEquals(0.60456087, wrong.confidence(), 1e-8);
        assertEquals(
                List.of(30, 39, 48),
                TRUTH.getMostConfidentlyWrong().stream()
                        .limit(3)
                        .map(JudgedExample::index)
                        .toList());
        // a quarter of 60 is wrong
        assertEquals(15, TRUTH.getMostConfidentlyWrong().size());
        assertEquals(16, TRUTH.getMostUncertain().size());
        assertTrue(TRUTH.getMostConfidentlyWrong().stream().noneMatch(JudgedExample::isCorrect));
    }

    @Test
    void histogramsCountEveryExampleOnce() {
        assertEquals(45, TRUTH.getConfidenceOfRight(20).getTotal());
        assertEquals(15, TRUTH.getConfidenceOfWrong(20).getTotal());
        for (UncertaintyScore score : UncertaintyScore.values()) {
            Histogram test = TRUTH.getScores(score, 10);
            Histogram foreign = TRUTH.getForeignScores(score, 10).get("noise");
            assertEquals(60, test.getTotal());
            assertEquals(25, foreign.getTotal());
            assertEquals(test.getEdge(10), foreign.getEdge(10), 0);
            assertEquals(0, test.getEdge(0), 0);
            // the greatest of all scores is in the last bin
            assertTrue(test.getCounts()[9] + foreign.getCounts()[9] > 0, score.getKey());
        }
    }
}
