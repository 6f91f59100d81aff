/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassificationMeterTest {

    private static final double EPS = 1e-12;
    private static final int ROW = Answers.MEMBERS * Answers.CLASSES;

    private static ClassificationMeter meter(Aggregation aggregation) {
        return ClassificationMeter.builder()
                .setMembers(Answers.MEMBERS)
                .setClasses(Answers.CLASSES)
                .optAggregation(aggregation)
                .build();
    }

    private static ClassificationMeter meter() {
        return meter(Aggregation.PROBABILITIES);
    }

    private static float[] rows(float[] logits, int from, int to) {
        return Arrays.copyOfRange(logits, from * ROW, to * ROW);
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void howBatchesAreCutDoesNotMatter(Aggregation aggregation) {
        float[] logits = Answers.logits(60, 1, 1);
        float[] foreign = Answers.logits(25, 3, 0.5);
        int[] labels = Answers.labels();
        Evaluation expected =
                Evaluation.of(
                        Predictions.of(
                                logits, labels, Answers.MEMBERS, Answers.CLASSES, aggregation),
                        Map.of(
                                "noise",
                                Predictions.of(
                                        foreign, Answers.MEMBERS, Answers.CLASSES, aggregation)));
        Random random = new Random(5);
        for (int trial = 0; trial < 10; trial++) {
            ClassificationMeter meter = meter(aggregation);
            for (int from = 0, to; from < 60; from = to) {
                to = Math.min(60, from + 1 + random.nextInt(trial + 1));
                meter.add(rows(logits, from, to), Arrays.copyOfRange(labels, from, to));
            }
            for (int from = 0, to; from < 25; from = to) {
                to = Math.min(25, from + 1 + random.nextInt(trial + 1));
                meter.addForeign("noise", rows(foreign, from, to));
            }
            assertSame(expected, meter.getEvaluation());
        }
    }

    @Test
    void metersAddUp() {
        float[] logits = Answers.logits(60, 1, 1);
        int[] labels = Answers.labels();
        Evaluation expected = Evaluation.of(Answers.test(), Map.of("noise", Answers.foreign()));
        for (int cut : new int[] {1, 30, 59}) {
            ClassificationMeter first =
                    meter().add(rows(logits, 0, cut), Arrays.copyOf(labels, cut));
            ClassificationMeter second =
                    meter().add(rows(logits, cut, 60), Arrays.copyOfRange(labels, cut, 60))
                            .addForeign("noise", Answers.foreign());
            assertSame(expected, first.add(second).getEvaluation());
            assertEquals(60 - cut, second.getExamples());
        }
        assertSame(
                expected,
                meter().add(Answers.test())
                        .addForeign("noise", Answers.foreign())
                        .add(meter())
                        .getEvaluation());
    }

    private static void assertSame(Evaluation expected, Evaluation ours) {
        expected.getValues()
                .forEach(
                        (metric, value) ->
                                assertEquals(value, ours.getValue(metric), EPS, metric.key()));
        assertEquals(expected.getExamples(), ours.getExamples());
        for (int b = 0; b < expected.getReliability().size(); b++) {
            ReliabilityBin bin = expected.getReliability().get(b);
            assertEquals(bin.count(), ours.getReliability().get(b).count());
            assertEquals(bin.confidence(), ours.getReliability().get(b).confidence(), EPS);
        }
        for (PairMeasure measure : PairMeasure.values()) {
            for (int a = 0; a < expected.getMembers(); a++) {
                assertArrayEquals(
                        expected.getPairs(measure)[a],
                        ours.getPairs(measure)[a],
                        EPS,
                        "" + measure);
            }
        }
        assertEquals(expected.getMostUncertain(), ours.getMostUncertain());
        assertEquals(expected.getMostConfidentlyWrong(), ours.getMostConfidentlyWrong());
        assertEquals(expected.getSelection().getCurve(200), ours.getSelection().getCurve(200));
        assertEquals(expected.getDetections().keySet(), ours.getDetections().keySet());
        expected.getDetections()
                .get("noise")
                .forEach(
                        (score, detection) -> {
                            Detection own = ours.getDetections().get("noise").get(score);
                            assertEquals(detection.getRoc(200), own.getRoc(200));
                            assertEquals(
                                    detection.getPrecisionRecall(200), own.getPrecisionRecall(200));
                            assertArrayEquals(detection.getInScores(), own.getInScores(), 0);
                        });
    }

    /** 100,000 examples with 200 logits each, 160 MB in double precision, are judged. */
    @Test
    void keepsColumnsOnly() {
        int members = 4;
        int classes = 50;
        ClassificationMeter meter =
                ClassificationMeter.builder().setMembers(members).setClasses(classes).build();
        Random random = new Random(1);
        float[] logits = new float[500 * members * classes];
        int[] labels = new int[500];
        long before = used();
        for (int batch = 0; batch < 200; batch++) {
            for (int at = 0; at < logits.length; at++) {
                logits[at] = random.nextFloat();
            }
            meter.add(logits, labels);
        }
        long growth = used() - before;
        assertEquals(100_000, meter.getExamples());
        // 48 bytes an example, and what is held in reserve
        assertTrue(growth < 16_000_000, growth + " bytes");
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void oneExampleIsEnough() {
        Evaluation right =
                meter().add(new float[] {9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0}, new int[1])
                        .getEvaluation();
        assertEquals(1, right.getValue(Metrics.ACCURACY), 0);
        assertEquals(0, right.getValue(Metrics.AURC), 0);
        assertEquals(1, right.getValue(Metrics.COVERAGE_AT_5_RISK), 0);
        double gap = 1 - Math.exp(9) / (3 + Math.exp(9));
        for (Metric metric : new Metric[] {Metrics.ECE, Metrics.ADAPTIVE_ECE, Metrics.MEMBER_ECE}) {
            assertEquals(gap, right.getValue(metric), EPS, metric.key());
        }
        // the residual is of one sign, so that every bandwidth gives it
        assertEquals(gap, right.getValue(Metrics.SMOOTH_ECE), EPS);
        assertEquals(0, right.getMostConfidentlyWrong().size());
        Evaluation wrong =
                meter().add(new float[] {9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0}, new int[] {1})
                        .getEvaluation();
        assertEquals(1, wrong.getValue(Metrics.AURC), 0);
        assertEquals(0, wrong.getValue(Metrics.COVERAGE_AT_5_RISK), 0);
        assertEquals(1, wrong.getMostConfidentlyWrong().size());
    }

    @Test
    void sureMembersStayFinite() {
        float[] opposed = {300, -300, -300, -300, -300, 300, -300, -300, 300, -300, -300, -300};
        Evaluation e = meter().add(opposed, new int[] {2}).getEvaluation();
        // 600 below the highest, for each member
        assertEquals(600, e.getValue(Metrics.NLL), 1e-9);
        assertEquals(600, e.getPairs(PairMeasure.KL_DIVERGENCE)[0][1], 1e-9);
        assertEquals(0, e.getPairs(PairMeasure.KL_DIVERGENCE)[0][2], 0);
        e.getValues()
                .forEach(
                        (metric, value) ->
                                assertTrue(
                                        !Double.isInfinite(value) && !"-0.0".equals("" + value),
                                        metric.key() + " " + value));
    }

    @Test
    void refusesWhatIsWrong() {
        assertMessage(
                "at least 1 member (setMembers)",
                () -> ClassificationMeter.builder().setClasses(3).build());
        assertMessage(
                "there is nothing to judge",
                () -> meter().addForeign("noise", Answers.foreign()).getEvaluation());
        assertMessage(
                "the out-of-distribution set 'noise' was predicted with 1 members",
                () -> meter().addForeign("noise", Answers.foreign().getMember(0)));
        assertMessage("no labels", () -> meter().add(Answers.foreign()));
        assertMessage("built alike", () -> meter().add(meter(Aggregation.LOGITS)));
        ClassificationMeter self = meter();
        assertMessage("distinct", () -> self.add(self));
        ClassificationMeter announced =
                ClassificationMeter.builder()
                        .setMembers(Answers.MEMBERS)
                        .setClasses(Answers.CLASSES)
                        .optForeignSets(List.of("noise", "letters"))
                        .build()
                        .add(Answers.test())
                        .addForeign("noise", Answers.foreign());
        assertMessage("the out-of-distribution set 'letters' is empty", announced::getEvaluation);
        assertMessage("0 logits", () -> meter().addForeign("noise", new float[0]));
    }

    private static void assertMessage(String part, Executable call) {
        Exception e = assertThrows(RuntimeException.class, call);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
