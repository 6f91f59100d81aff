/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Horizontal bars from zero, one for each method, with the names on the left and the values. */
final class BarChart {

    private static final int WIDTH = 392;
    private static final int ROW = 24;
    private static final double HALF_BAR = 0.36;

    /** Space for a method's name; longer ones are cut. */
    private static final int LONGEST_NAME = 175;

    private BarChart() {}

    static Picture of(Column column, List<Result> rows) {
        int height = 84 + ROW * rows.size();
        byte[] png = Canvas.png(WIDTH, height, graphics -> draw(graphics, column, rows, height));
        return new Picture(
                Picture.nameOf("bars", column.label()),
                column.label(),
                column.metric().meaning(),
                png);
    }

    private static void draw(Graphics2D graphics, Column column, List<Result> rows, int height) {
        FontMetrics metrics = graphics.getFontMetrics(Canvas.SMALL);
        int names =
                rows.stream()
                        .mapToInt(
                                row ->
                                        metrics.stringWidth(
                                                Canvas.fit(row.name(), metrics, LONGEST_NAME)))
                        .max()
                        .orElse(0);
        XYChart chart =
                Canvas.chart(WIDTH - names, height - Canvas.HEADLINE + Canvas.MARGIN, "", "");
        XYStyler styler = chart.getStyler();
        double max =
                rows.stream().mapToDouble(column.value()).filter(Double::isFinite).max().orElse(0);
        styler.setXAxisMin(-max * Canvas.HAIR);
        // room for the value at the end of the longest bar
        styler.setXAxisMax(max > 0 ? max * 1.3 : 1.0);
        styler.setYAxisMin(-0.5);
        styler.setYAxisMax(rows.size() - 0.5);
        styler.setYAxisTicksVisible(false);
        styler.setAxisTitlesVisible(false);
        styler.setPlotGridHorizontalLinesVisible(false);
        styler.setXAxisTickMarkSpacingHint(60);
        styler.setXAxisDecimalPattern("#,##0.####");
        styler.setLegendVisible(false);
        for (int r = 0; r < rows.size(); r++) {
            double value = column.value().applyAsDouble(rows.get(r));
            addBar(chart, rows.get(r).name(), rows.size() - 1 - r, value, Palette.of(r));
        }
        Canvas.headline(graphics, WIDTH, column.label(), remark(column.metric()));
        graphics.translate(names, 0);
        Canvas.below(graphics, chart);
        graphics.setFont(Canvas.SMALL);
        graphics.setColor(Palette.INK);
        for (int r = 0; r < rows.size(); r++) {
            double value = column.value().applyAsDouble(rows.get(r));
            int baseline =
                    (int) Math.round(chart.getScreenYFromChart(rows.size() - 1.0 - r))
                            + metrics.getAscent() / 2
                            - 1;
            String name = Canvas.fit(rows.get(r).name(), metrics, LONGEST_NAME);
            int zero = (int) Math.round(chart.getScreenXFromChart(0));
            graphics.drawString(name, zero - 8 - metrics.stringWidth(name), baseline);
            int end =
                    Double.isNaN(value) ? zero : (int) Math.round(chart.getScreenXFromChart(value));
            graphics.drawString(column.metric().format(value), end + 6, baseline);
        }
    }

    private static void addBar(XYChart chart, String name, double at, double value, Color color) {
        double end = Double.isNaN(value) ? 0 : value;
        double[] x = {0, end, end, 0, 0};
        double[] y = {at - HALF_BAR, at - HALF_BAR, at + HALF_BAR, at + HALF_BAR, at - HALF_BAR};
        XYSeries bar = chart.addSeries(name, x, y);
        bar.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        bar.setMarker(SeriesMarkers.NONE);
        bar.setLineStyle(SeriesLines.NONE);
        bar.setLineColor(color);
        bar.setFillColor(color);
    }

    private static String remark(Metric metric) {
        return switch (metric.better()) {
            case HIGHER -> "higher is better";
            case LOWER -> "lower is better";
            case NEITHER -> "";
        };
    }
}
