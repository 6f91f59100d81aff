/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.ReliabilityBin;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Accuracy against confidence: bars on the diagonal mean that the confidence can be believed. */
final class ReliabilityDiagram {

    private static final int WIDTH = 392;
    private static final int HEIGHT = 410;

    private ReliabilityDiagram() {}

    static Picture of(Result result, Color color) {
        XYChart chart =
                Canvas.chart(
                        WIDTH, HEIGHT - Canvas.HEADLINE + Canvas.MARGIN, "Confidence", "Accuracy");
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(-Canvas.HAIR);
        styler.setXAxisMax(1 + Canvas.HAIR);
        styler.setYAxisMin(-Canvas.HAIR);
        styler.setYAxisMax(1 + Canvas.HAIR);
        styler.setXAxisDecimalPattern("0.0");
        styler.setYAxisDecimalPattern("0.0");
        styler.setXAxisTickMarkSpacingHint(55);
        styler.setYAxisTickMarkSpacingHint(50);
        List<ReliabilityBin> bins = result.evaluation().getReliability();
        addAccuracy(chart, bins, color);
        addGap(chart, bins);
        XYSeries diagonal = chart.addSeries("perfect", new double[] {0, 1}, new double[] {0, 1});
        diagonal.setMarker(SeriesMarkers.NONE);
        diagonal.setLineColor(Palette.INK);
        diagonal.setLineStyle(SeriesLines.DASH_DASH);
        diagonal.setLineWidth(1.2f);
        String ece = "ECE " + Metrics.ECE.format(result.evaluation().getValue(Metrics.ECE));
        return new Picture(
                Picture.nameOf("reliability", result.name()),
                "Reliability of " + result.name(),
                caption(result.evaluation()),
                Canvas.png(
                        WIDTH,
                        HEIGHT,
                        graphics -> {
                            Canvas.headline(graphics, WIDTH, result.name(), ece);
                            Canvas.below(graphics, chart);
                        }));
    }

    private static String caption(Evaluation evaluation) {
        double confidence =
                evaluation.getReliability().stream()
                                .filter(bin -> bin.count() > 0)
                                .mapToDouble(bin -> bin.count() * bin.confidence())
                                .sum()
                        / evaluation.getExamples();
        double accuracy = evaluation.getValue(Metrics.ACCURACY);
        String excess = Metrics.ACCURACY.format(Math.abs(confidence - accuracy));
        String both =
                "Mean confidence %s, accuracy %s: "
                        .formatted(
                                Metrics.ACCURACY.format(confidence),
                                Metrics.ACCURACY.format(accuracy));
        if (excess.equals(Metrics.ACCURACY.format(0))) {
            return both + "as confident as right, on the whole.";
        }
        String side = confidence > accuracy ? "over" : "under";
        return both + side + "-confident by " + excess + ", on the whole.";
    }

    private static void addAccuracy(XYChart chart, List<ReliabilityBin> bins, Color color) {
        double[] x = new double[4 * bins.size()];
        double[] y = new double[4 * bins.size()];
        for (int b = 0; b < bins.size(); b++) {
            ReliabilityBin bin = bins.get(b);
            double gutter = (bin.to() - bin.from()) * 0.06;
            double height = bin.count() == 0 ? 0 : bin.accuracy();
            set(
                    x,
                    4 * b,
                    bin.from() + gutter,
                    bin.from() + gutter,
                    bin.to() - gutter,
                    bin.to() - gutter);
            set(y, 4 * b, 0, height, height, 0);
        }
        XYSeries bars = chart.addSeries("accuracy", x, y);
        bars.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        bars.setMarker(SeriesMarkers.NONE);
        bars.setFillColor(color);
        bars.setLineColor(color);
        bars.setLineStyle(SeriesLines.NONE);
    }

    /**
     * One closed line around all gaps: along the confidences to the right, back on the accuracies.
     */
    private static void addGap(XYChart chart, List<ReliabilityBin> bins) {
        int n = bins.size();
        double[] x = new double[8 * n];
        double[] y = new double[8 * n];
        for (int b = 0; b < n; b++) {
            ReliabilityBin bin = bins.get(b);
            double gutter = (bin.to() - bin.from()) * 0.06;
            double left = bin.from() + gutter;
            double right = bin.to() - gutter;
            double confidence = bin.count() == 0 ? 0 : bin.confidence();
            double accuracy = bin.count() == 0 ? 0 : bin.accuracy();
            set(x, 4 * b, left, left, right, right);
            set(y, 4 * b, accuracy, confidence, confidence, accuracy);
            set(x, 8 * n - 4 * b - 4, right, right, left, left);
            set(y, 8 * n - 4 * b - 4, accuracy, accuracy, accuracy, accuracy);
        }
        XYSeries gap = chart.addSeries("gap", x, y);
        gap.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        gap.setMarker(SeriesMarkers.NONE);
        gap.setFillColor(Palette.transparent(Palette.INK, 80));
        gap.setLineColor(Palette.transparent(Palette.INK, 0));
        gap.setLineStyle(SeriesLines.NONE);
    }

    private static void set(double[] target, int at, double a, double b, double c, double d) {
        target[at] = a;
        target[at + 1] = b;
        target[at + 2] = c;
        target[at + 3] = d;
    }
}
