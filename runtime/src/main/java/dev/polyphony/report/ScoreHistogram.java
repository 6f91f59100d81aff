/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.UncertaintyScore;
import java.awt.Color;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How uncertain an ensemble is of the test set and of a foreign set. */
final class ScoreHistogram {

    private static final int WIDTH = 392;
    private static final int HEIGHT = 320;
    private static final int BINS = 30;

    private ScoreHistogram() {}

    static Picture of(Result result, String set, UncertaintyScore score, Color color) {
        Detection detection = result.detection(set, score);
        double[] in = detection.getInScores();
        double[] out = detection.getOutScores();
        double max = Math.max(in[in.length - 1], out[out.length - 1]);
        double limit = max > 0 ? Canvas.roundUp(max) : 1;
        String auroc = "AUROC " + Metrics.AUROC.format(detection.getAuroc());
        String unit = score.getUnit().isEmpty() ? "" : " (" + score.getUnit() + ")";
        XYChart chart =
                Canvas.chart(
                        WIDTH,
                        HEIGHT - Canvas.HEADLINE + Canvas.MARGIN,
                        score.getTitle() + unit,
                        "Share of the set");
        chart.getStyler().setXAxisMin(-limit * Canvas.HAIR);
        chart.getStyler().setXAxisMax(limit * (1 + Canvas.HAIR));
        chart.getStyler().setYAxisMin(-Canvas.HAIR);
        chart.getStyler().setYAxisDecimalPattern("0.##");
        chart.getStyler().setXAxisDecimalPattern("0.##");
        chart.getStyler().setXAxisTickMarkSpacingHint(55);
        double[] inShares = shares(in, limit);
        double[] outShares = shares(out, limit);
        addSteps(chart, "test set", inShares, limit, color);
        addSteps(chart, set, outShares, limit, Palette.INK);
        double highest =
                DoubleStream.concat(Arrays.stream(inShares), Arrays.stream(outShares))
                        .max()
                        .orElseThrow();
        chart.getStyler().setYAxisMax(highest * 1.05);
        return new Picture(
                Picture.nameOf("histogram", set, result.name()),
                "%s: %s on the test set and on %s".formatted(result.name(), score.getTitle(), set),
                String.format(
                        Locale.ROOT,
                        "%s: at the threshold that flags at least 95%% of %s, %.1f%% of the test set"
                                + " are flagged too.",
                        result.name(),
                        set,
                        100 * detection.getFpr95()),
                Canvas.png(
                        WIDTH,
                        HEIGHT,
                        graphics -> {
                            Canvas.headline(graphics, WIDTH, result.name(), auroc);
                            Canvas.below(graphics, chart);
                        }));
    }

    private static double[] shares(double[] scores, double limit) {
        double[] share = new double[BINS];
        for (double score : scores) {
            share[Math.min((int) (score / limit * BINS), BINS - 1)] += 1.0 / scores.length;
        }
        return share;
    }

    private static void addSteps(
            XYChart chart, String name, double[] share, double limit, Color color) {
        double[] x = new double[2 * BINS + 2];
        double[] y = new double[2 * BINS + 2];
        for (int b = 0; b < BINS; b++) {
            x[2 * b + 1] = limit * b / BINS;
            x[2 * b + 2] = limit * (b + 1) / BINS;
            y[2 * b + 1] = share[b];
            y[2 * b + 2] = share[b];
        }
        x[2 * BINS + 1] = limit;
        XYSeries steps = chart.addSeries(name, x, y);
        steps.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        steps.setMarker(SeriesMarkers.NONE);
        steps.setFillColor(Palette.transparent(color, 90));
        steps.setLineColor(color);
        steps.setLineWidth(1.4f);
    }
}
