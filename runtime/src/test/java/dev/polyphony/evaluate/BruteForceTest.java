/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Ranks with many ties, against counting every pair and averaging over shuffled examples. */
class BruteForceTest {

    private static final double EPS = 1e-12;

    /** Scores on a grid of eighths, so that most tie. */
    private static double[] scores(Random random, int size) {
        return random.ints(size, 0, 9).mapToDouble(each -> each / 8.0).toArray();
    }

    @RepeatedTest(20)
    void detectionCountsPairs(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double[] in = scores(random, 1 + random.nextInt(30));
        double[] out = scores(random, 1 + random.nextInt(30));
        double pairs = 0;
        double fpr95 = 1;
        for (double high : out) {
            for (double low : in) {
                pairs += high > low ? 1 : high == low ? 0.5 : 0;
            }
            if (share(out, high) >= 0.95) {
                fpr95 = Math.min(fpr95, share(in, high));
            }
        }
        Detection detection = Detection.of(in, out);
        assertEquals(pairs / in.length / out.length, detection.getAuroc(), EPS);
        assertEquals(fpr95, detection.getFpr95(), EPS);
        // the mean over foreign examples of the precision at their own score
        double precision = 0;
        for (double high : out) {
            double found = share(out, high) * out.length;
            precision += found / (found + share(in, high) * in.length);
        }
        assertEquals(precision / out.length, detection.getAuprOut(), EPS);
        assertEquals(
                Detection.of(negated(out), negated(in)).getAuprOut(), detection.getAuprIn(), EPS);
        checkCurves(detection);
    }

    private static void checkCurves(Detection detection) {
        List<CurvePoint> roc = detection.getRoc(200);
        assertEquals(new CurvePoint(0, 0), roc.get(0));
        assertEquals(new CurvePoint(1, 1), roc.get(roc.size() - 1));
        double area = 0;
        for (int k = 1; k < roc.size(); k++) {
            CurvePoint before = roc.get(k - 1);
            CurvePoint here = roc.get(k);
            area += (here.x() - before.x()) * (here.y() + before.y()) / 2;
        }
        // nine thresholds are never thinned
        assertEquals(detection.getAuroc(), area, EPS);
        List<CurvePoint> precision = detection.getPrecisionRecall(200);
        assertEquals(1, precision.get(precision.size() - 1).x(), 0);
    }

    private static double share(double[] scores, double threshold) {
        double reached = 0;
        for (double score : scores) {
            reached += score >= threshold ? 1 : 0;
        }
        return reached / scores.length;
    }

    private static double[] negated(double[] scores) {
        return IntStream.range(0, scores.length).mapToDouble(i -> -scores[i]).toArray();
    }

    /** Where confidences tie, the risk is the mean over all orders of the tied examples. */
    @Test
    void riskIsTheMeanOverOrders() {
        Random random = new Random(3);
        int size = 12;
        double[] confidence = random.ints(size, 0, 4).mapToDouble(each -> each / 4.0).toArray();
        boolean[] correct = new boolean[size];
        for (int i = 0; i < size; i++) {
            correct[i] = random.nextInt(3) > 0;
        }
        double[] mean = new double[size];
        int orders = 40_000;
        for (int trial = 0; trial < orders; trial++) {
            double[] tieBreak = random.doubles(size).toArray();
            int[] order =
                    IntStream.range(0, size)
                            .boxed()
                            .sorted(
                                    (a, b) ->
                                            confidence[a] == confidence[b]
                                                    ? Double.compare(tieBreak[a], tieBreak[b])
                                                    : Double.compare(confidence[b], confidence[a]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            int errors = 0;
            for (int k = 0; k < size; k++) {
                errors += correct[order[k]] ? 0 : 1;
                mean[k] += errors / (k + 1.0) / orders;
            }
        }
        // the seed is fixed; the deviation of a mean is below 0.5 / sqrt(40,000)
        assertArrayEquals(mean, SelectivePrediction.of(confidence, correct).getRisk(), 0.01);
    }

    /** Right answers among equal confidences are spread over the bins that divide them. */
    @Test
    void equalMassDoesNotDependOnTheOrder() {
        double[] confidence = {0.5, 0.5, 0.5, 0.5, 0.9, 0.9};
        boolean[] first = {true, true, false, false, true, false};
        boolean[] second = {false, false, true, true, false, true};
        List<ReliabilityBin> bins = Calibration.equalMassBins(confidence, first, 4);
        assertEquals(bins, Calibration.equalMassBins(confidence, second, 4));
        assertEquals(List.of(2, 2, 1, 1), bins.stream().map(ReliabilityBin::count).toList());
        assertTrue(bins.stream().allMatch(bin -> bin.accuracy() == 0.5), "" + bins);
    }

    @Test
    void curvesAreThinned() {
        Random random = new Random(1);
        double[] in = random.doubles(5000).toArray();
        double[] out = random.doubles(3000).map(each -> Math.sqrt(each)).toArray();
        Detection detection = Detection.of(in, out);
        assertTrue(detection.getRoc(200).size() <= 200);
        assertTrue(detection.getPrecisionRecall(200).size() <= 200);
        double area = 0;
        List<CurvePoint> roc = detection.getRoc(200);
        for (int k = 1; k < roc.size(); k++) {
            area +=
                    (roc.get(k).x() - roc.get(k - 1).x())
                            * (roc.get(k).y() + roc.get(k - 1).y())
                            / 2;
        }
        assertEquals(detection.getAuroc(), area, 1e-3);
        boolean[] correct = new boolean[5000];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = random.nextBoolean();
        }
        List<CurvePoint> risk = SelectivePrediction.of(in, correct).getCurve(200);
        assertEquals(200, risk.size());
        assertEquals(1, risk.get(199).x(), 0);
        assertEquals(SelectivePrediction.of(in, correct).getRisk()[24], risk.get(0).y(), 0);
        assertEquals(3, SelectivePrediction.of(new double[3], new boolean[3]).getCurve(200).size());
    }
}
