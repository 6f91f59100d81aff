/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Histogram;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.PairMeasure;
import dev.polyphony.evaluate.ReliabilityBin;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.report.chart.HeatMap;
import dev.polyphony.report.chart.HistogramChart;
import dev.polyphony.report.chart.HistogramChart.Kind;
import dev.polyphony.report.chart.ReliabilityDiagram;
import dev.polyphony.report.chart.Tint;
import dev.polyphony.report.chart.Titles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Pictures of one row, in the colour of its place. */
final class RowCharts {

    private static final int CONFIDENCE_BINS = 20;
    private static final int SCORE_BINS = 30;

    private RowCharts() {}

    /** Accuracy against confidence. */
    static Picture reliability(Result row, int color) {
        Evaluation evaluation = row.classification();
        String ece = "ECE " + Metrics.ECE.format(evaluation.getValue(Metrics.ECE));
        return Picture.of(
                Picture.nameOf("reliability", row.name()),
                "Reliability of " + row.name(),
                row.name() + ": " + reliabilityCaption(evaluation),
                new ReliabilityDiagram(
                                new Titles(row.name(), ece),
                                color,
                                "Confidence",
                                "Accuracy",
                                bins(evaluation.getReliability()))
                        .toDrawing());
    }

    static List<ReliabilityDiagram.Bin> bins(List<ReliabilityBin> bins) {
        return bins.stream()
                .map(
                        bin ->
                                new ReliabilityDiagram.Bin(
                                        bin.from(),
                                        bin.to(),
                                        bin.count(),
                                        bin.confidence(),
                                        bin.accuracy()))
                .toList();
    }

    private static String reliabilityCaption(Evaluation evaluation) {
        double confidence = confidence(evaluation);
        double accuracy = evaluation.getValue(Metrics.ACCURACY);
        String excess = Metrics.ACCURACY.format(Math.abs(confidence - accuracy));
        String both =
                "mean confidence %s, accuracy %s: "
                        .formatted(
                                Metrics.ACCURACY.format(confidence),
                                Metrics.ACCURACY.format(accuracy));
        if (excess.equals(Metrics.ACCURACY.format(0))) {
            return both + "as confident as right, on the whole.";
        }
        String side = confidence > accuracy ? "over" : "under";
        return both + side + "-confident by " + excess + ", on the whole.";
    }

    /** The mean confidence of all test examples. */
    static double confidence(Evaluation evaluation) {
        return evaluation.getReliability().stream()
                        .filter(bin -> bin.count() > 0)
                        .mapToDouble(bin -> bin.count() * bin.confidence())
                        .sum()
                / evaluation.getExamples();
    }

    /** How confident right and wrong answers are. */
    static Picture confidence(Result row) {
        Evaluation evaluation = row.classification();
        Histogram right = evaluation.getConfidenceOfRight(CONFIDENCE_BINS);
        Histogram wrong = evaluation.getConfidenceOfWrong(CONFIDENCE_BINS);
        int sure = wrong.getCounts()[CONFIDENCE_BINS - 1];
        double edge = wrong.getEdge(CONFIDENCE_BINS - 1);
        return Picture.of(
                Picture.nameOf("confidence", row.name()),
                "Confidence of right and wrong answers of " + row.name(),
                String.format(
                        Locale.ROOT,
                        "%s: %,d wrong answers, of which %,d with a confidence of %.2f or more.",
                        row.name(),
                        wrong.getTotal(),
                        sure,
                        edge),
                new HistogramChart(
                                new Titles(row.name(), ""),
                                edges(right),
                                "Confidence",
                                "Share of the right, of the wrong",
                                List.of(
                                        new Kind(
                                                "right answers (%,d)".formatted(right.getTotal()),
                                                Tint.RIGHT,
                                                shares(right)),
                                        new Kind(
                                                "wrong answers (%,d)".formatted(wrong.getTotal()),
                                                Tint.WRONG,
                                                shares(wrong))))
                        .toDrawing());
    }

    /** How uncertain the row is of the test set and of a foreign set. */
    static Picture scores(Result row, String set, UncertaintyScore score) {
        Detection detection = row.detection(set, score);
        Histogram in = row.classification().getScores(score, SCORE_BINS);
        Histogram out = row.classification().getForeignScores(score, SCORE_BINS).get(set);
        String auroc = "AUROC " + Metrics.AUROC.format(detection.getAuroc());
        String unit = score.getUnit().isEmpty() ? "" : " (" + score.getUnit() + ")";
        return Picture.of(
                Picture.nameOf("histogram", set, row.name()),
                "%s: %s on the test set and on %s".formatted(row.name(), score.getTitle(), set),
                String.format(
                        Locale.ROOT,
                        "%s: at the threshold that flags at least 95%% of %s, %.1f%% of the test set"
                                + " are flagged too.",
                        row.name(),
                        set,
                        100 * detection.getFpr95()),
                new HistogramChart(
                                new Titles(row.name(), auroc),
                                edges(in),
                                score.getTitle() + unit,
                                "Share of each set",
                                List.of(
                                        new Kind("test set", Tint.of(0), shares(in)),
                                        new Kind(set, Tint.of(1), shares(out))))
                        .toDrawing());
    }

    private static double[] edges(Histogram histogram) {
        return IntStream.rangeClosed(0, histogram.size()).mapToDouble(histogram::getEdge).toArray();
    }

    private static double[] shares(Histogram histogram) {
        double total = Math.max(1, histogram.getTotal());
        return Arrays.stream(histogram.getCounts()).mapToDouble(n -> n / total).toArray();
    }

    /** How often each two members give the same answer. */
    static Picture agreement(Result row) {
        double[][] pairs = row.classification().getPairs(PairMeasure.AGREEMENT);
        List<String> names = IntStream.rangeClosed(1, pairs.length).mapToObj(m -> "m" + m).toList();
        double least =
                Arrays.stream(pairs)
                        .flatMapToDouble(Arrays::stream)
                        .filter(Double::isFinite)
                        .min()
                        .orElse(0);
        String accuracies =
                Arrays.stream(row.classification().getMemberAccuracy())
                        .mapToObj(Metrics.ACCURACY::format)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
        return Picture.of(
                Picture.nameOf("agreement", row.name()),
                "Agreement of the members of " + row.name(),
                "%s. Accuracy of the members on their own: %s.".formatted(row.name(), accuracies),
                new HeatMap(
                                new Titles(row.name(), "same answers"),
                                names,
                                pairs,
                                Math.min(least, 0.9),
                                1)
                        .toDrawing());
    }
}
