/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.util.List;

/**
 * Horizontal bars from zero with the names on the left, and whiskers for what several runs spread
 * over.
 *
 * @param titles what stands above
 * @param bars the bars, from the top
 */
public record BarChart(Titles titles, List<Bar> bars) {

    private static final int ROW = 22;
    private static final int TOP = 36;
    private static final double THICK = 15;
    private static final double LONGEST_NAME = 150;
    private static final int GAP = 6;

    /**
     * A bar.
     *
     * @param name the name
     * @param color the number of its colour
     * @param value how long it is; NaN for none
     * @param text the value as it is written
     * @param low where the whisker begins; NaN for none
     * @param high where it ends
     */
    public record Bar(String name, int color, double value, String text, double low, double high) {

        /**
         * Makes a bar without a whisker.
         *
         * @param name the name
         * @param color the number of its colour
         * @param value how long it is; NaN for none
         * @param text the value as it is written
         */
        public Bar(String name, int color, double value, String text) {
            this(name, color, value, text, Double.NaN, Double.NaN);
        }

        private double end() {
            double end = Double.isFinite(value) ? Math.max(0, value) : 0;
            return Double.isFinite(high) ? Math.max(end, high) : end;
        }
    }

    /** Copies the list. */
    public BarChart {
        bars = List.copyOf(bars);
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        Sheet sheet = new Sheet(Plot.WIDTH, TOP + ROW * bars.size() + Sheet.MARGIN);
        sheet.headline(titles.headline(), titles.remark());
        List<String> names =
                bars.stream()
                        .map(bar -> Letters.fit(bar.name(), Sheet.SMALL, false, LONGEST_NAME))
                        .toList();
        double left = Sheet.MARGIN + GAP + widest(names);
        double numbers = GAP + widest(bars.stream().map(Bar::text).toList());
        double room = Plot.WIDTH - Sheet.MARGIN - left - numbers;
        double most = bars.stream().mapToDouble(Bar::end).max().orElse(0);
        double unit = most > 0 ? room / most : 0;
        for (int b = 0; b < bars.size(); b++) {
            Bar bar = bars.get(b);
            double middle = TOP + ROW * b + ROW / 2.0;
            sheet.text(left - GAP, middle + 4, Anchor.END, Tint.INK, names.get(b));
            double length = Double.isFinite(bar.value()) ? Math.max(0, bar.value()) * unit : 0;
            sheet.box(
                    left,
                    middle - THICK / 2,
                    length,
                    THICK,
                    Tint.of(bar.color()),
                    bar.name() + ": " + bar.text());
            whisker(sheet, left, unit, middle, bar);
            sheet.text(
                    left + bar.end() * unit + GAP, middle + 4, Anchor.START, Tint.INK, bar.text());
        }
        sheet.line(left, TOP, left, TOP + ROW * bars.size(), Tint.FAINT, 1);
        return sheet.toDrawing();
    }

    private static void whisker(Sheet sheet, double left, double unit, double middle, Bar bar) {
        if (!Double.isFinite(bar.low()) || !Double.isFinite(bar.high())) {
            return;
        }
        double from = left + Math.max(0, bar.low()) * unit;
        double to = left + bar.high() * unit;
        sheet.line(from, middle, to, middle, Tint.INK, 1.2);
        sheet.line(from, middle - 4, from, middle + 4, Tint.INK, 1.2);
        sheet.line(to, middle - 4, to, middle + 4, Tint.INK, 1.2);
    }

    private static double widest(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> Letters.width(text, Sheet.SMALL, false))
                .max()
                .orElse(0);
    }
}
