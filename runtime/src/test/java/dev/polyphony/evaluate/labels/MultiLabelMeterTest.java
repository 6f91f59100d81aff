/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.ReliabilityBin;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several labels, against scikit-learn 1.x and formulas written in NumPy. */
class MultiLabelMeterTest {

    private static final double EPS = 1e-12;

    private static MultiLabelMeter meter() {
        return MultiLabelMeter.of(2, 3, Aggregation.PROBABILITIES);
    }

    /** Ten examples, two members, three labels, all of which have the last. */
    private static float[] logits() {
        float[] logits = new float[60];
        for (int at = 0; at < 60; at++) {
            int i = at / 6;
            int m = at / 3 % 2;
            int k = at % 3;
            logits[at] = (19 * i + 23 * m + 31 * k + i * i % 7 * k) % 32 / 4f - 4;
        }
        return logits;
    }

    private static float[] labels() {
        float[] labels = new float[30];
        for (int at = 0; at < 30; at++) {
            labels[at] = at % 3 == 2 || (7 * (at / 3) + 5 * (at % 3)) % 4 < 2 ? 1 : 0;
        }
        return labels;
    }

    @Test
    void everyMetric() {
        MultiLabelEvaluation e = meter().add(logits(), labels()).getEvaluation();
        double[] expected = {
            0.5,
            0.1,
            0.8261899377164029,
            0.30095408425902986,
            0.31988489487281097,
            (0.6 + 0.5416666666666666) / 2,
            (0.5977777777777777 + 0.7041666666666666) / 2,
            0.5750019302977393,
            0.39600898402217855,
            0.1789929462755607,
            0.5666666666666667,
            (0.5 + 0.4666666666666667) / 2,
            (1.1522642738722888 + 1.2140195834834595) / 2
        };
        assertEquals(MultiLabelMetrics.getAll(), List.copyOf(e.getValues().keySet()));
        assertArrayEquals(
                expected,
                e.getValues().values().stream().mapToDouble(Double::doubleValue).toArray(),
                EPS);
        assertEquals(0.5416666666666666, e.getLabels().get(1).auroc(), EPS);
        assertEquals(0.6, e.getLabels().get(1).share(), EPS);
        // no example is without the last label: nothing to tell apart
        assertEquals(Double.NaN, e.getLabels().get(2).auroc());
        assertEquals(Double.NaN, e.getLabels().get(2).averagePrecision());
        assertArrayEquals(
                new double[] {1.1522642738722888, 1.2140195834834595},
                e.getMemberBinaryCrossEntropy(),
                EPS);
        assertEquals(30, e.getReliability().stream().mapToInt(ReliabilityBin::count).sum());
    }

    @Test
    void howBatchesAreCutDoesNotMatter() {
        MultiLabelEvaluation all =
                MultiLabelEvaluation.of(
                        MultiLabelPredictions.of(
                                logits(), labels(), 2, 3, Aggregation.PROBABILITIES));
        for (int size = 1; size <= 10; size++) {
            MultiLabelMeter meter = meter();
            MultiLabelMeter other = meter();
            for (int from = 0; from < 10; from += size) {
                int to = Math.min(10, from + size);
                (from < 5 ? meter : other)
                        .add(
                                Arrays.copyOfRange(logits(), 6 * from, 6 * to),
                                Arrays.copyOfRange(labels(), 3 * from, 3 * to));
            }
            MultiLabelEvaluation ours = meter.add(other).getEvaluation();
            all.getValues()
                    .forEach(
                            (metric, value) ->
                                    assertEquals(value, ours.getValue(metric), EPS, metric.key()));
        }
    }

    @Test
    void oneMemberAndNothingToTellApart() {
        MultiLabelEvaluation e =
                MultiLabelMeter.of(1, 1, Aggregation.LOGITS)
                        .add(new float[] {2}, new float[] {1})
                        .getEvaluation();
        assertEquals(1, e.getValue(MultiLabelMetrics.EXACT_MATCH), 0);
        assertEquals(0, e.getValue(MultiLabelMetrics.DISAGREEMENT), 0);
        assertEquals(0, e.getValue(MultiLabelMetrics.MUTUAL_INFORMATION), 0);
        assertEquals(Double.NaN, e.getValue(MultiLabelMetrics.AUROC));
    }

    /** Two foreign examples, each with one label in doubt and one not, beside a sure one. */
    @Test
    void foreignExamplesAreToldApartByTheEntropyOfTheirLabels() {
        MultiLabelEvaluation e =
                MultiLabelMeter.of(1, 2, Aggregation.PROBABILITIES, List.of("far"))
                        .add(new float[] {9, -9, 2, 9}, new float[] {1, 0, 1, 1})
                        .addForeign("far", new float[] {0, 9, 9, 3})
                        .getEvaluation();
        Detection detection = e.getMainDetections().get("far");
        // ln 2 / 2 is above both test examples, the entropy of 3 between them
        assertEquals(3 / 4.0, detection.getAuroc(), EPS);
        assertEquals(Math.log(2) / 2, detection.getOutScores()[1], 1e-3);
        assertThrows(
                IllegalStateException.class,
                () ->
                        MultiLabelMeter.of(1, 1, Aggregation.PROBABILITIES, List.of("far"))
                                .add(new float[] {9}, new float[] {1})
                                .getEvaluation());
    }

    @Test
    void refusesWhatIsWrong() {
        Exception soft =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> meter().add(new float[6], new float[] {0, 0.5f, 1}));
        assertEquals("a label of example 0 is 0.5: it must be 0 or 1", soft.getMessage());
        assertThrows(IllegalStateException.class, () -> meter().getEvaluation());
        Exception other =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                meter().add(
                                                MultiLabelPredictions.of(
                                                        new float[6],
                                                        new float[3],
                                                        2,
                                                        3,
                                                        Aggregation.LOGITS)));
        assertTrue(other.getMessage().contains("pooled LOGITS"), other.getMessage());
    }
}
