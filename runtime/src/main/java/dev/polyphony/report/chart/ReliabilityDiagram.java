/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.util.List;
import java.util.Locale;

/**
 * Accuracy against confidence, and how many examples there are of each confidence: bars that end on
 * the diagonal mean that the confidence can be believed.
 *
 * @param titles what stands above
 * @param color the number of the row's colour
 * @param acrossTitle what the confidence is in
 * @param upTitle what the bars are shares of
 * @param bins the bins, from low to high confidence
 */
public record ReliabilityDiagram(
        Titles titles, int color, String acrossTitle, String upTitle, List<Bin> bins) {

    private static final int HEIGHT = 250;
    private static final int COUNTS = 62;
    private static final double HATCH = 6;

    /** Share of a bar's width that is left free on either side. */
    private static final double GUTTER = 0.06;

    /**
     * A bar.
     *
     * @param from the least confidence
     * @param to the greatest
     * @param count how many examples
     * @param confidence their mean confidence; NaN if there are none
     * @param accuracy the share of right answers; NaN if there are none
     */
    public record Bin(double from, double to, int count, double confidence, double accuracy) {}

    /** Copies the list. */
    public ReliabilityDiagram {
        bins = List.copyOf(bins);
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        Tint bar = Tint.of(color).fade(0.6);
        Plot plot =
                Plot.of(
                        titles,
                        HEIGHT,
                        COUNTS,
                        Axis.ofShares(),
                        acrossTitle,
                        Axis.ofShares(),
                        upTitle,
                        List.of(
                                new Plot.Key("share that is right", bar, false, false),
                                new Plot.Key("as right as confident", Tint.INK, true, true)));
        for (Bin bin : bins) {
            if (bin.count() > 0) {
                draw(plot, bin, bar);
            }
        }
        plot.sheet()
                .path(
                        plot.xs(new double[] {0, 1}),
                        plot.ys(new double[] {0, 1}),
                        Tint.INK,
                        1.2,
                        true);
        counts(plot);
        return plot.toDrawing();
    }

    private static void draw(Plot plot, Bin bin, Tint tint) {
        double gutter = (bin.to() - bin.from()) * GUTTER;
        String note =
                String.format(
                        Locale.ROOT,
                        "confidence %.2f to %.2f: %d examples, mean confidence %.3f, accuracy %.3f",
                        bin.from(),
                        bin.to(),
                        bin.count(),
                        bin.confidence(),
                        bin.accuracy());
        plot.box(bin.from() + gutter, 0, bin.to() - gutter, bin.accuracy(), tint, note);
        double left = plot.x(bin.from() + gutter);
        double right = plot.x(bin.to() - gutter);
        double top = plot.y(Math.max(bin.accuracy(), bin.confidence()));
        double bottom = plot.y(Math.min(bin.accuracy(), bin.confidence()));
        hatch(plot.sheet(), left, top, right, bottom);
    }

    /** Outlines and hatches the gap between accuracy and confidence. */
    private static void hatch(Sheet sheet, double left, double top, double right, double bottom) {
        sheet.path(
                new double[] {left, right, right, left, left},
                new double[] {top, top, bottom, bottom, top},
                Tint.INK,
                0.9,
                false);
        // along x + y = sum, from one origin for all boxes
        double first = Math.ceil((left + top) / HATCH) * HATCH;
        for (double sum = first; sum < right + bottom; sum += HATCH) {
            double fromX = Math.max(left, sum - bottom);
            double toX = Math.min(right, sum - top);
            sheet.line(fromX, sum - fromX, toX, sum - toX, Tint.INK, 0.7);
        }
    }

    /** Adds the counts under the diagram: a bar of few examples says little. */
    private void counts(Plot plot) {
        Sheet sheet = plot.sheet();
        double bottom = plot.bottom() + 40 + COUNTS - 22.0;
        double room = COUNTS - 26.0;
        int most = Math.max(1, bins.stream().mapToInt(Bin::count).max().orElse(1));
        for (Bin bin : bins) {
            if (bin.count() > 0) {
                double gutter = (bin.to() - bin.from()) * GUTTER;
                double left = plot.x(bin.from() + gutter);
                // a bar that is there is seen
                double height = Math.max(1, room * bin.count() / most);
                sheet.box(
                        left,
                        bottom - height,
                        plot.x(bin.to() - gutter) - left,
                        height,
                        Tint.FAINT,
                        bin.count() + " examples");
            }
        }
        sheet.line(plot.left(), bottom, plot.right(), bottom, Tint.FAINT, 1);
        String label = String.format(Locale.ROOT, "examples of each confidence, at most %,d", most);
        sheet.text((plot.left() + plot.right()) / 2, bottom + 15, Anchor.MIDDLE, Tint.FAINT, label);
    }
}
