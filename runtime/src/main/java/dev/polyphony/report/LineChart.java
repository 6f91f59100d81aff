/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.report.chart.Axis;
import dev.polyphony.report.chart.Palette;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A line chart as SVG for a page: it takes the page's colours of ink, paper and lines, and is drawn
 * so small that its text can be read on a phone.
 */
final class LineChart {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 250;
    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;

    /** More points than pixels are drawn to no avail. */
    private static final int MOST_POINTS = 400;

    /** So few points are marked, and tell their values. */
    private static final int FEW_POINTS = 40;

    private final List<Curve> curves;
    private final Axis across;
    private final Axis up;
    private final StringBuilder out = new StringBuilder();

    private LineChart(List<Curve> curves) {
        this.curves = curves;
        double[] x = curves.stream().flatMapToDouble(curve -> Arrays.stream(curve.x())).toArray();
        double[] y =
                curves.stream()
                        .flatMapToDouble(curve -> Arrays.stream(curve.y()))
                        .filter(Double::isFinite)
                        .toArray();
        across = Axis.ofCounts(least(x), Arrays.stream(x).max().orElse(1));
        up = Axis.of(least(y), Arrays.stream(y).max().orElse(1));
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    /**
     * Draws curves.
     *
     * @param title what they show, for readers who do not see it
     * @param curves the curves
     * @return an {@code svg} element
     */
    static String of(String title, List<Curve> curves) {
        return new LineChart(curves).draw(title);
    }

    private String draw(String title) {
        out.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(WIDTH, HEIGHT, HtmlPage.escape(title)));
        for (double tick : up.ticks()) {
            double y = y(tick);
            line("grid", LEFT, y, WIDTH - RIGHT, y);
            text(LEFT - 8, y + 4, "end", Axis.text(tick));
        }
        for (double tick : across.ticks()) {
            double x = x(tick);
            line("grid", x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4);
            text(x, HEIGHT - BOTTOM + 18, "middle", Axis.text(tick));
        }
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "epoch");
        curves.forEach(this::draw);
        return out.append("</svg>\n").toString();
    }

    private void draw(Curve curve) {
        double[] x = curve.x();
        double[] y = curve.y();
        int[] shown =
                IntStream.range(0, x.length)
                        .filter(i -> Double.isFinite(y[i]) && (!up.isLogarithmic() || y[i] > 0))
                        .toArray();
        if (shown.length == 0) {
            return;
        }
        int stride = (shown.length + MOST_POINTS - 1) / MOST_POINTS;
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < shown.length; i++) {
            if (i % stride == 0 || i == shown.length - 1) {
                int at = shown[i];
                points.append(points.isEmpty() ? "" : " ")
                        .append(number(x(x[at])) + "," + number(y(y[at])));
            }
        }
        // as the page has it, light or dark
        String color = "var(--c%d)".formatted(curve.color() % Palette.SIZE);
        String dashes = curve.isDashed() ? " stroke-dasharray=\"5 4\"" : "";
        out.append(
                "<polyline points=\"%s\" style=\"stroke: %s\"%s/>\n"
                        .formatted(points, color, dashes));
        if (shown.length <= FEW_POINTS) {
            for (int at : shown) {
                out.append(
                        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" style=\"fill: %s\"><title>%s</title></circle>\n"
                                .formatted(
                                        number(x(x[at])),
                                        number(y(y[at])),
                                        number(curve.isDashed() ? 2 : 2.5),
                                        color,
                                        HtmlPage.escape(
                                                curve.name()
                                                        + ", epoch "
                                                        + Axis.text(x[at])
                                                        + ": "
                                                        + Axis.text(y[at]))));
            }
        }
    }

    private double x(double value) {
        return LEFT + across.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.place(value) * (HEIGHT - TOP - BOTTOM);
    }

    private void line(String style, double fromX, double fromY, double toX, double toY) {
        out.append(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                        .formatted(style, number(fromX), number(fromY), number(toX), number(toY)));
    }

    private void text(double x, double y, String anchor, String text) {
        out.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                        .formatted(number(x), number(y), anchor, HtmlPage.escape(text)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
