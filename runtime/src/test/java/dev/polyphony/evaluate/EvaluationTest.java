/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final double EPS = 1e-6;
    private static final float LOG3 = (float) Math.log(3);

    /** Two examples, two members: both right; one right (3/4), one wrong (3/4). */
    private static final Predictions TEST =
            Predictions.of(
                    new float[] {LOG3, 0, LOG3, 0, LOG3, 0, 0, LOG3},
                    new int[] {0, 1},
                    2,
                    2,
                    Aggregation.PROBABILITIES);

    private static final Predictions FOREIGN =
            Predictions.of(new float[] {LOG3, 0, 0, LOG3}, 2, 2, Aggregation.PROBABILITIES);

    @Test
    void everyMetricIsThere() {
        Evaluation e = Evaluation.of(TEST);
        assertEquals(Metrics.getQuality(), List.copyOf(e.getValues().keySet()));
        assertEquals(2, e.getExamples());
        assertEquals(2, e.getMembers());
        assertEquals(2, e.getClasses());
        assertEquals(Aggregation.PROBABILITIES, e.getAggregation());
        // the tie goes to class 0, which is wrong
        assertEquals(0.5, e.getValue(Metrics.ACCURACY), EPS);
        assertEquals(-Math.log(0.75 * 0.5) / 2, e.getValue(Metrics.NLL), EPS);
        assertEquals((0.125 + 0.5) / 2, e.getValue(Metrics.BRIER), EPS);
        assertEquals((0.25 + 0.5) / 2, e.getValue(Metrics.ECE), EPS);
        assertEquals((0.25 + 0.5) / 2, e.getValue(Metrics.HALF_OPEN_ECE), EPS);
        double quarter = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
        assertEquals((quarter + Math.log(2)) / 2, e.getValue(Metrics.PREDICTIVE_ENTROPY), EPS);
        assertEquals(quarter, e.getValue(Metrics.EXPECTED_ENTROPY), EPS);
        assertEquals((Math.log(2) - quarter) / 2, e.getValue(Metrics.MUTUAL_INFORMATION), EPS);
        assertEquals(0.5, e.getValue(Metrics.DISAGREEMENT), EPS);
        assertEquals(0.75, e.getValue(Metrics.MEMBER_ACCURACY), EPS);
        assertArrayEquals(new double[] {0.5, 1}, e.getMemberAccuracy(), EPS);
        assertEquals(-Math.log(0.75), e.getMemberNegativeLogLikelihood()[1], EPS);
        assertEquals(15, e.getReliability().size());
        assertEquals(1, e.getReliability().get(11).count());
    }

    @Test
    void halfOpenErrorLeavesOutWhatIsOneInSinglePrecision() {
        // 1 / (1 + e^-20) is below 1 in double precision, but not in single precision
        Predictions sure =
                Predictions.of(new float[] {20, 0}, new int[] {1}, 1, 2, Aggregation.PROBABILITIES);
        assertEquals(1, Evaluation.of(sure).getValue(Metrics.ECE), EPS);
        assertEquals(0, Evaluation.of(sure).getValue(Metrics.HALF_OPEN_ECE), 0);
    }

    @Test
    void oneClassPresentIsFine() {
        Predictions one =
                Predictions.of(
                        new float[] {0, 1, 0, 2}, new int[] {1, 1}, 1, 2, Aggregation.LOGITS);
        Evaluation e = Evaluation.of(one);
        List<String> without =
                e.getValues().entrySet().stream()
                        .filter(entry -> entry.getValue().isNaN())
                        .map(entry -> entry.getKey().key())
                        .toList();
        // two classes; one member, which makes no pair; no wrong answer
        assertEquals(
                List.of(
                        "top5Accuracy",
                        "outcomeAgreement",
                        "doubleFault",
                        "ratioOfErrors",
                        "qStatistic",
                        "correlation",
                        "klDivergence",
                        "misclassificationAuroc"),
                without);
        assertEquals(0, e.getValue(Metrics.MUTUAL_INFORMATION), 0);
    }

    @Test
    void foreignSetsAreDetected() {
        Detection entropy =
                Evaluation.of(TEST, Map.of("noise", FOREIGN))
                        .getDetections()
                        .get("noise")
                        .get(UncertaintyScore.PREDICTIVE_ENTROPY);
        // above the first example, equal to the second
        assertEquals(0.75, entropy.getAuroc(), EPS);
        assertEquals(entropy.getAuroc(), entropy.getValue(Metrics.AUROC), 0);
        assertEquals(entropy.getAuprOut(), entropy.getValue(Metrics.AUPR_OUT), 0);
        assertEquals(entropy.getFpr95(), entropy.getValue(Metrics.FPR95), 0);
        assertThrows(IllegalArgumentException.class, () -> entropy.getValue(Metrics.ACCURACY));
    }

    @Test
    void anotherEnsembleIsRefused() {
        Predictions other = FOREIGN.getMember(0);
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Evaluation.of(TEST, Map.of("noise", other)));
        assertTrue(e.getMessage().contains("'noise'"), e.getMessage());
        assertThrows(IllegalStateException.class, () -> Evaluation.of(FOREIGN));
    }

    @Test
    void costsByMetric() {
        Cost cost = new Cost(1000, 2e6, 5640, 12.5, 75, 3.25);
        assertArrayEquals(
                new double[] {1000, 2e6, 5640, 75, 12.5, 3.25},
                Metrics.getCost().stream().mapToDouble(cost::getValue).toArray(),
                0);
        assertThrows(IllegalArgumentException.class, () -> cost.getValue(Metrics.NLL));
        assertEquals("5,640", Metrics.FORWARD_CALLS.format(cost.forwardCalls()));
        assertEquals("Training time (s)", Metrics.TRAINING_TIME.getLabel());
        assertEquals("-", Metrics.INFERENCE_TIME.format(Double.NaN));
    }

    @Test
    void keysAreDistinct() {
        List<String> keys =
                Stream.of(Metrics.getQuality(), Metrics.getDetection(), Metrics.getCost())
                        .flatMap(List::stream)
                        .map(Metric::key)
                        .toList();
        assertEquals(keys.size(), new HashSet<>(keys).size());
    }
}
