/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.ReliabilityBin;
import dev.polyphony.report.chart.BarChart;
import dev.polyphony.report.chart.ReliabilityDiagram;
import dev.polyphony.report.chart.Titles;
import dev.polyphony.report.chart.TradeOff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Pictures of results. A row has the colour of its place in all of them. */
final class Charts {

    private Charts() {}

    /** Bars of one column, a row each. */
    static Picture bars(Column column, List<Result> rows) {
        List<BarChart.Bar> bars =
                IntStream.range(0, rows.size())
                        .mapToObj(
                                r -> {
                                    double value = column.value().applyAsDouble(rows.get(r));
                                    return new BarChart.Bar(
                                            rows.get(r).name(),
                                            r,
                                            value,
                                            column.metric().format(value));
                                })
                        .toList();
        return Picture.of(
                Picture.nameOf("bars", column.label()),
                column.label(),
                column.metric().meaning(),
                new BarChart(new Titles(column.label(), remark(column.metric())), bars)
                        .toDrawing());
    }

    private static String remark(Metric metric) {
        return switch (metric.better()) {
            case HIGHER -> "higher is better";
            case LOWER -> "lower is better";
            case NEITHER -> "";
        };
    }

    /** Quality against one cost; none if that cost is not known of two rows at least. */
    static List<Picture> tradeOff(Metric cost, Metric quality, List<Result> rows) {
        List<TradeOff.Point> points = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Result row = rows.get(r);
            double price = row.cost().getValue(cost);
            double value = row.evaluation().getValue(quality);
            if (price > 0 && Double.isFinite(price) && Double.isFinite(value)) {
                points.add(
                        new TradeOff.Point(row.name(), r, price, value, Double.NaN, Double.NaN));
            }
        }
        if (points.size() < 2) {
            return List.of();
        }
        TradeOff chart =
                new TradeOff(
                        new Titles(quality.title() + " against " + lower(cost.title()), ""),
                        cost.getLabel(),
                        quality.getLabel() + ", lower is better",
                        points);
        List<String> front = chart.getFront().stream().map(TradeOff.Point::name).toList();
        return List.of(
                Picture.of(
                        Picture.nameOf("trade-off", quality.key(), cost.key()),
                        "%s against %s".formatted(quality.title(), lower(cost.title())),
                        "Worth their price in this picture, from the cheapest: %s."
                                .formatted(String.join(", ", front)),
                        chart.toDrawing()));
    }

    private static String lower(String title) {
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    /** Accuracy against confidence. */
    static Picture reliability(Result row, int color) {
        Evaluation evaluation = row.evaluation();
        String ece = "ECE " + Metrics.ECE.format(evaluation.getValue(Metrics.ECE));
        List<ReliabilityDiagram.Bin> bins =
                evaluation.getReliability().stream()
                        .map(
                                bin ->
                                        new ReliabilityDiagram.Bin(
                                                bin.from(),
                                                bin.to(),
                                                bin.count(),
                                                bin.confidence(),
                                                bin.accuracy()))
                        .toList();
        return Picture.of(
                Picture.nameOf("reliability", row.name()),
                "Reliability of " + row.name(),
                row.name() + ": " + reliabilityCaption(evaluation),
                new ReliabilityDiagram(new Titles(row.name(), ece), color, bins).toDrawing());
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
                        .mapToDouble(Charts::sum)
                        .sum()
                / evaluation.getExamples();
    }

    private static double sum(ReliabilityBin bin) {
        return bin.count() * bin.confidence();
    }
}
