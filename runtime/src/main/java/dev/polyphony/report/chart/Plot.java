/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The frame of a chart: headline, axes, grid, legend, and where numbers lie in it. */
final class Plot {

    /** The width of most charts: that of a phone. */
    static final int WIDTH = 360;

    private static final int HEADLINE = 34;
    private static final int RIGHT = 14;

    /** Height of a line of the legend. */
    private static final int LINE = 17;

    private static final int SWATCH = 16;

    /**
     * What a colour stands for.
     *
     * @param name the name
     * @param tint the colour
     * @param isDashed whether its line is dashed
     * @param isLine whether it is a line, else an area
     */
    record Key(String name, Tint tint, boolean isDashed, boolean isLine) {}

    private final Sheet sheet;
    private final Axis across;
    private final Axis up;
    private final double left;
    private final double top;
    private final double right;
    private final double bottom;

    private Plot(Sheet sheet, Axis across, Axis up, double left, double bottom) {
        this.sheet = sheet;
        this.across = across;
        this.up = up;
        this.left = left;
        this.top = HEADLINE;
        this.right = sheet.getWidth() - RIGHT;
        this.bottom = bottom;
    }

    /**
     * Draws a frame.
     *
     * @param titles the headline and the remark on its right
     * @param height the height of the part within the axes
     * @param across the horizontal axis
     * @param acrossTitle what it shows
     * @param up the vertical axis
     * @param upTitle what it shows
     * @param keys the legend, perhaps empty
     */
    static Plot of(
            Titles titles,
            int height,
            Axis across,
            String acrossTitle,
            Axis up,
            String upTitle,
            List<Key> keys) {
        return of(titles, height, 0, across, acrossTitle, up, upTitle, keys);
    }

    /** As the other, with a height left free below the horizontal axis, above the legend. */
    static Plot of(
            Titles titles,
            int height,
            int below,
            Axis across,
            String acrossTitle,
            Axis up,
            String upTitle,
            List<Key> keys) {
        double widest =
                up.ticks().stream()
                        .mapToDouble(
                                tick -> Letters.width(Axis.shortText(tick), Sheet.SMALL, false))
                        .max()
                        .orElse(0);
        double left = Sheet.MARGIN + Sheet.SMALL + 8 + widest + 6;
        double bottom = HEADLINE + height;
        int columns = columns(keys);
        int legend = keys.isEmpty() ? 0 : (keys.size() + columns - 1) / columns * LINE + 8;
        double from = bottom + 40 + below;
        Sheet sheet = new Sheet(WIDTH, (int) from + legend);
        Plot plot = new Plot(sheet, across, up, left, bottom);
        sheet.headline(titles.headline(), titles.remark());
        plot.axes(acrossTitle, upTitle);
        plot.legend(keys, columns, from);
        return plot;
    }

    private void axes(String acrossTitle, String upTitle) {
        for (double tick : up.ticks()) {
            double y = y(tick);
            sheet.line(left, y, right, y, Tint.LINE, 1);
            sheet.text(left - 6, y + 4, Anchor.END, Tint.FAINT, Axis.shortText(tick));
        }
        double free = Double.NEGATIVE_INFINITY;
        for (double tick : across.ticks()) {
            double x = x(tick);
            sheet.line(x, bottom, x, bottom + 4, Tint.FAINT, 1);
            String text = Axis.shortText(tick);
            double half = Letters.width(text, Sheet.SMALL, false) / 2;
            // ticks of a logarithm may lie close together
            if (x - half > free) {
                sheet.text(x, bottom + 17, Anchor.MIDDLE, Tint.FAINT, text);
                free = x + half + 6;
            }
        }
        sheet.line(left, bottom, right, bottom, Tint.FAINT, 1);
        sheet.text((left + right) / 2, bottom + 33, Anchor.MIDDLE, Tint.INK, acrossTitle);
        sheet.add(
                new Mark.Words(
                        Sheet.MARGIN + Sheet.SMALL,
                        (top + bottom) / 2,
                        Anchor.MIDDLE,
                        Sheet.SMALL,
                        false,
                        true,
                        Tint.INK,
                        upTitle));
    }

    /** Two columns if every name fits into half of the width. */
    private static int columns(List<Key> keys) {
        return keys.stream()
                        .allMatch(key -> Letters.width(key.name(), Sheet.SMALL, false) <= room(2))
                ? 2
                : 1;
    }

    /** The width of a name in one of so many columns. */
    private static double room(int columns) {
        return (WIDTH - 2.0 * Sheet.MARGIN) / columns - SWATCH - 16;
    }

    private void legend(List<Key> keys, int columns, double from) {
        double column = (WIDTH - 2.0 * Sheet.MARGIN) / columns;
        for (int k = 0; k < keys.size(); k++) {
            Key key = keys.get(k);
            double x = Sheet.MARGIN + 4 + k % columns * column;
            double y = from + LINE * (k / columns) + LINE / 2.0 + 4;
            if (key.isLine()) {
                sheet.path(
                        new double[] {x, x + SWATCH},
                        new double[] {y, y},
                        key.tint(),
                        2,
                        key.isDashed());
            } else {
                sheet.box(x, y - 5, SWATCH, 10, key.tint(), "");
            }
            String name = Letters.fit(key.name(), Sheet.SMALL, false, room(columns));
            sheet.text(x + SWATCH + 6, y + 4, Anchor.START, Tint.INK, name);
        }
    }

    Sheet sheet() {
        return sheet;
    }

    Axis across() {
        return across;
    }

    Axis up() {
        return up;
    }

    double left() {
        return left;
    }

    double right() {
        return right;
    }

    double top() {
        return top;
    }

    double bottom() {
        return bottom;
    }

    double x(double value) {
        return left + across.place(value) * (right - left);
    }

    double y(double value) {
        return bottom - up.place(value) * (bottom - top);
    }

    double[] xs(double[] values) {
        return map(values, this::x);
    }

    double[] ys(double[] values) {
        return map(values, this::y);
    }

    private static double[] map(double[] values, DoubleUnaryOperator place) {
        double[] places = new double[values.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = place.applyAsDouble(values[i]);
        }
        return places;
    }

    /** A box between numbers. */
    void box(double fromX, double fromY, double toX, double toY, Tint tint, String note) {
        double x = x(fromX);
        double y = y(toY);
        sheet.box(x, y, x(toX) - x, y(fromY) - y, tint, note);
    }

    Drawing toDrawing() {
        return sheet.toDrawing();
    }
}
