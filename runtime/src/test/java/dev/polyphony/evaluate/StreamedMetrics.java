/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import dev.polyphony.golden.GoldenCase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** What a meter gives that is fed a few examples at a time, by the names of golden outputs. */
final class StreamedMetrics {

    private static final int BATCH = 7;

    /** Scores that are equal in single precision, as theirs are stored, may not be so in ours. */
    private static final double RANKS = 1e-4;

    private final GoldenCase golden;
    private final Evaluation evaluation;

    private StreamedMetrics(GoldenCase golden, Evaluation evaluation) {
        this.golden = golden;
        this.evaluation = evaluation;
    }

    /** Judges logits {@code [N, M, C]} in small batches, and foreign ones if there are some. */
    static Evaluation judge(
            int members, int classes, float[] logits, int[] labels, float[] foreign) {
        ClassificationMeter meter =
                ClassificationMeter.builder().setMembers(members).setClasses(classes).build();
        int row = members * classes;
        for (int from = 0; from < labels.length; from += BATCH) {
            int to = Math.min(from + BATCH, labels.length);
            meter.add(
                    Arrays.copyOfRange(logits, from * row, to * row),
                    Arrays.copyOfRange(labels, from, to));
        }
        for (int from = 0; from < foreign.length; from += BATCH * row) {
            int to = Math.min(from + BATCH * row, foreign.length);
            meter.addForeign("foreign", Arrays.copyOfRange(foreign, from, to));
        }
        return meter.getEvaluation();
    }

    /** Compares all that the case has, after it was compared with what functions give. */
    static void confirm(GoldenCase golden, Evaluation evaluation) {
        StreamedMetrics streamed = new StreamedMetrics(golden, evaluation);
        streamed.confirmValues();
        streamed.confirmPairs();
        streamed.confirmDetection();
    }

    private void confirmValues() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", Metrics.ACCURACY);
        metrics.put("nll", Metrics.NLL);
        metrics.put("brier", Metrics.BRIER);
        metrics.put("brier_members", Metrics.MEMBER_BRIER);
        metrics.put("aece15_tu", Metrics.ADAPTIVE_ECE);
        metrics.put("mutual_information_mean", Metrics.MUTUAL_INFORMATION);
        metrics.put("disagreement_mean", Metrics.DISAGREEMENT);
        metrics.put("misclassification_auroc", Metrics.MISCLASSIFICATION_AUROC);
        metrics.put("aurc", Metrics.AURC);
        metrics.put("augrc", Metrics.AUGRC);
        metrics.put("cov_at_5risk", Metrics.COVERAGE_AT_5_RISK);
        metrics.put("risk_at_80cov", Metrics.RISK_AT_80_COVERAGE);
        // no confidence is exactly 1, where the rules of the bins differ
        metrics.put("ece15_tu", Metrics.ECE);
        metrics.put("ece15_seed000", Metrics.HALF_OPEN_ECE);
        metrics.forEach((name, metric) -> golden.confirm(name, evaluation.getValue(metric)));
        golden.confirm("member_accuracy", evaluation.getMemberAccuracy());
        golden.confirm("nll_members", evaluation.getMemberNegativeLogLikelihood());
        golden.confirm("risk_curve", evaluation.getSelection().getRisk());
        golden.confirm("mce15_tu", Calibration.maximumError(evaluation.getReliability()));
        for (int k : new int[] {2, 3, 5}) {
            if (golden.getOutputs().contains("top" + k + "_accuracy")) {
                golden.confirm("top" + k + "_accuracy", evaluation.getTopAccuracy(k));
            }
        }
    }

    private void confirmPairs() {
        Map<String, PairMeasure> measures =
                Map.of(
                        "ratio_errors", PairMeasure.RATIO_OF_ERRORS,
                        "q_statistic", PairMeasure.Q_STATISTIC,
                        "correlation", PairMeasure.CORRELATION,
                        "double_fault", PairMeasure.DOUBLE_FAULT,
                        "agreement_measure", PairMeasure.OUTCOME_AGREEMENT);
        measures.forEach(
                (name, measure) -> {
                    golden.confirm("div_" + name, evaluation.getValue(measure.getMetric()));
                    double[][] pairs = evaluation.getPairs(measure);
                    for (int m = 0; m < pairs.length; m++) {
                        // theirs do not compare a member with itself
                        pairs[m][m] = 0;
                    }
                    golden.confirm(
                            "div_" + name + "_pairs",
                            Stream.of(pairs).flatMapToDouble(Arrays::stream).toArray());
                });
    }

    private void confirmDetection() {
        Map<String, UncertaintyScore> scores =
                Map.of(
                        "msp", UncertaintyScore.MAX_PROBABILITY,
                        "entropy_of_mean", UncertaintyScore.PREDICTIVE_ENTROPY,
                        "expected_entropy", UncertaintyScore.EXPECTED_ENTROPY,
                        "mutual_information", UncertaintyScore.MUTUAL_INFORMATION,
                        "variation_ratio", UncertaintyScore.VARIATION_RATIO);
        scores.forEach(
                (name, score) -> {
                    Detection detection = evaluation.getDetections().get("foreign").get(score);
                    Map.of(
                                    "auroc", detection.getAuroc(),
                                    "aupr_out", detection.getAuprOut(),
                                    "aupr_in", detection.getAuprIn(),
                                    "fpr95_classic", detection.getFpr95())
                            .forEach(
                                    (area, ours) -> {
                                        String output = "ood_" + name + "_" + area;
                                        Assertions.assertEquals(
                                                golden.get(output)[0], ours, RANKS, output);
                                    });
                });
    }
}
