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

    private static final int GAP = 7;

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
        List<String> names =
                rows.stream().map(row -> Canvas.fit(row.name(), metrics, LONGEST_NAME)).toList();
        int margin = names.stream().mapToInt(metrics::stringWidth).max().orElse(0);
        int values =
                rows.stream()
                        .mapToInt(row -> metrics.stringWidth(text(column, row)))
                        .max()
                        .orElse(0);
        int width = WIDTH - margin;
        double room = (values + GAP) / (width - 2.0 * Canvas.MARGIN);
        XYChart chart =
                bars(column, rows, width, height - Canvas.HEADLINE + Canvas.MARGIN, 1 - room);
        Canvas.headline(graphics, WIDTH, column.label(), remark(column.metric()));
        graphics.translate(margin, 0);
        Canvas.below(graphics, chart);
        graphics.setFont(Canvas.SMALL);
        graphics.setColor(Palette.INK);
        int zero = (int) Math.round(chart.getScreenXFromChart(0));
        for (int r = 0; r < rows.size(); r++) {
            int middle = (int) Math.round(chart.getScreenYFromChart(rows.size() - 1.0 - r));
            int baseline = middle + metrics.getAscent() / 2 - 1;
            String name = names.get(r);
            graphics.drawString(name, zero - GAP - metrics.stringWidth(name), baseline);
            int end = (int) Math.round(chart.getScreenXFromChart(length(column, rows.get(r))));
            graphics.drawString(text(column, rows.get(r)), end + GAP, baseline);
        }
    }

    /** Draws bars of which the longest takes up the given share of the width. */
    private static XYChart bars(
            Column column, List<Result> rows, int width, int height, double share) {
        XYChart chart = Canvas.chart(width, height, "", "");
        double max = 0;
        for (int r = 0; r < rows.size(); r++) {
            double length = length(column, rows.get(r));
            max = Math.max(max, length);
            addBar(chart, rows.get(r).name(), rows.size() - 1 - r, length, Palette.of(r));
        }
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(-max * Canvas.HAIR);
        styler.setXAxisMax(max > 0 ? max / share : 1.0);
        styler.setXAxisTickMarkSpacingHint(60);
        styler.setXAxisDecimalPattern("#,##0.####");
        styler.setYAxisMin(-0.5);
        styler.setYAxisMax(rows.size() - 0.5);
        styler.setYAxisTicksVisible(false);
        styler.setAxisTitlesVisible(false);
        styler.setPlotGridHorizontalLinesVisible(false);
        styler.setLegendVisible(false);
        return chart;
    }

    private static double length(Column column, Result row) {
        double value = column.value().applyAsDouble(row);
        return Double.isFinite(value) ? value : 0;
    }

    private static String text(Column column, Result row) {
        return column.metric().format(column.value().applyAsDouble(row));
    }

    private static void addBar(XYChart chart, String name, double at, double end, Color color) {
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
