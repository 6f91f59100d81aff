/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.ReliabilityBin;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
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
    private static final int LEGEND = 26;
    private static final int SWATCH = 22;

    /** Distance of the lines of a gap, along an axis. */
    private static final double HATCH = 6;

    /** Share of a bar's width that is left free on either side. */
    private static final double GUTTER = 0.06;

    private ReliabilityDiagram() {}

    static Picture of(Result result, Color color) {
        XYChart chart =
                Canvas.chart(
                        WIDTH,
                        HEIGHT - Canvas.HEADLINE + Canvas.MARGIN - LEGEND,
                        "Confidence",
                        "Accuracy");
        XYStyler styler = chart.getStyler();
        styler.setLegendVisible(false);
        styler.setXAxisMin(-Canvas.HAIR);
        styler.setXAxisMax(1 + Canvas.HAIR);
        styler.setYAxisMin(-Canvas.HAIR);
        styler.setYAxisMax(1 + Canvas.HAIR);
        styler.setXAxisDecimalPattern("0.0");
        styler.setYAxisDecimalPattern("0.0");
        styler.setXAxisTickMarkSpacingHint(55);
        styler.setYAxisTickMarkSpacingHint(50);
        List<ReliabilityBin> bins = result.evaluation().getReliability();
        Color bar = barColor(color);
        addAccuracy(chart, bins, bar);
        XYSeries diagonal = chart.addSeries("perfect", new double[] {0, 1}, new double[] {0, 1});
        diagonal.setMarker(SeriesMarkers.NONE);
        diagonal.setLineColor(Palette.INK);
        diagonal.setLineStyle(SeriesLines.DASH_DASH);
        diagonal.setLineWidth(1.2f);
        String ece = "ECE " + Metrics.ECE.format(result.evaluation().getValue(Metrics.ECE));
        return new Picture(
                Picture.nameOf("reliability", result.name()),
                "Reliability of " + result.name(),
                result.name() + ": " + caption(result.evaluation()),
                Canvas.png(
                        WIDTH,
                        HEIGHT,
                        graphics -> {
                            Canvas.headline(graphics, WIDTH, result.name(), ece);
                            AffineTransform page = graphics.getTransform();
                            Canvas.below(graphics, chart);
                            bins.forEach(bin -> gap(graphics, chart, bin));
                            graphics.setTransform(page);
                            legend(graphics, bar);
                        }));
    }

    /** The method's colour, paler: the hatching of a gap must stand out from it. */
    static Color barColor(Color color) {
        return Palette.mix(color, Color.WHITE, 0.4);
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

    private static void addAccuracy(XYChart chart, List<ReliabilityBin> bins, Color color) {
        double[] x = new double[4 * bins.size()];
        double[] y = new double[4 * bins.size()];
        for (int b = 0; b < bins.size(); b++) {
            ReliabilityBin bin = bins.get(b);
            double gutter = (bin.to() - bin.from()) * GUTTER;
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

    /** Hatches what lies between accuracy and confidence, over the bar or above it. */
    private static void gap(Graphics2D graphics, XYChart chart, ReliabilityBin bin) {
        if (bin.count() == 0) {
            return;
        }
        double gutter = (bin.to() - bin.from()) * GUTTER;
        double left = chart.getScreenXFromChart(bin.from() + gutter);
        double right = chart.getScreenXFromChart(bin.to() - gutter);
        double top = chart.getScreenYFromChart(Math.max(bin.accuracy(), bin.confidence()));
        double bottom = chart.getScreenYFromChart(Math.min(bin.accuracy(), bin.confidence()));
        hatch(graphics, new Rectangle2D.Double(left, top, right - left, bottom - top));
    }

    private static void legend(Graphics2D graphics, Color bar) {
        int y = HEIGHT - LEGEND;
        int x = 76;
        Rectangle2D box = new Rectangle2D.Double(x, y, SWATCH, 12);
        graphics.setColor(bar);
        graphics.fill(box);
        label(graphics, "accuracy", x, y);
        x += 100;
        // a gap lies over the bar or above it
        graphics.setColor(bar);
        graphics.fill(new Rectangle2D.Double(x, y, SWATCH / 2.0, 12));
        hatch(graphics, new Rectangle2D.Double(x, y, SWATCH, 12));
        label(graphics, "gap", x, y);
        x += 72;
        graphics.setStroke(
                new BasicStroke(
                        1.2f,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_MITER,
                        10,
                        new float[] {5, 3},
                        0));
        graphics.draw(new Line2D.Double(x, y + 6, x + SWATCH, y + 6));
        label(graphics, "perfect", x, y);
    }

    private static void label(Graphics2D graphics, String text, int x, int y) {
        graphics.setColor(Palette.INK);
        graphics.setFont(Canvas.SMALL);
        graphics.drawString(text, x + SWATCH + 6, y + 10);
    }

    /** Outlines and hatches a box in ink, whatever lies below. */
    private static void hatch(Graphics2D graphics, Rectangle2D box) {
        Shape clip = graphics.getClip();
        graphics.setColor(Palette.INK);
        graphics.setStroke(new BasicStroke(0.9f));
        graphics.clip(box);
        // from one origin for all boxes, so that lines of neighbours do not clash
        double first = Math.floor((box.getMinX() + box.getMinY()) / HATCH) * HATCH;
        for (double sum = first; sum < box.getMaxX() + box.getMaxY(); sum += HATCH) {
            graphics.draw(
                    new Line2D.Double(
                            box.getMinX(),
                            sum - box.getMinX(),
                            box.getMaxX(),
                            sum - box.getMaxX()));
        }
        graphics.setClip(clip);
        graphics.draw(box);
    }

    private static void set(double[] target, int at, double a, double b, double c, double d) {
        target[at] = a;
        target[at + 1] = b;
        target[at + 2] = c;
        target[at + 3] = d;
    }
}
