/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Curves of several rows in one frame, with bands for what several runs spread over.
 *
 * @param titles what stands above
 * @param across the horizontal axis, or null for one that fits
 * @param acrossTitle what it shows
 * @param up the vertical axis, or null for one that fits
 * @param upTitle what it shows
 * @param lines the curves
 * @param guide a dashed line for comparison, such as chance; null for none
 */
public record CurveChart(
        Titles titles,
        Axis across,
        String acrossTitle,
        Axis up,
        String upTitle,
        List<Line> lines,
        Line guide) {

    private static final int HEIGHT = 210;

    /** So few points are marked, and tell their values. */
    private static final int FEW = 12;

    /**
     * A curve.
     *
     * @param name its name
     * @param color the number of its colour; from 8 on the line is dashed
     * @param x the places
     * @param y the values; those that are not finite are left out
     * @param low where a band begins, or null
     * @param high where it ends, or null
     */
    public record Line(
            String name, int color, double[] x, double[] y, double[] low, double[] high) {

        /** Checks the lengths. */
        public Line {
            Objects.requireNonNull(name, "name");
            if (x.length != y.length
                    || low != null && low.length != y.length
                    || high != null && high.length != y.length) {
                throw new IllegalArgumentException(
                        "The curve '%s' has %d places, but %d values"
                                .formatted(name, x.length, y.length));
            }
        }

        /**
         * Makes a curve without a band.
         *
         * @param name its name
         * @param color the number of its colour
         * @param x the places
         * @param y the values
         */
        public Line(String name, int color, double[] x, double[] y) {
            this(name, color, x, y, null, null);
        }

        private boolean isDashed() {
            return Palette.isDashed(color);
        }
    }

    /** Copies the list. */
    public CurveChart {
        lines = List.copyOf(lines);
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        Plot plot =
                Plot.of(
                        titles,
                        HEIGHT,
                        across == null ? fitting(lines.stream().map(Line::x)) : across,
                        acrossTitle,
                        up == null ? fittingUp() : up,
                        upTitle,
                        keys());
        if (guide != null) {
            plot.sheet().path(plot.xs(guide.x()), plot.ys(guide.y()), Tint.FAINT, 1.2, true);
        }
        lines.forEach(line -> band(plot, line));
        lines.forEach(line -> draw(plot, line));
        return plot.toDrawing();
    }

    private List<Plot.Key> keys() {
        if (lines.size() == 1 && guide == null) {
            return List.of();
        }
        List<Plot.Key> keys = new ArrayList<>();
        lines.forEach(
                line ->
                        keys.add(
                                new Plot.Key(
                                        line.name(),
                                        Tint.of(line.color()),
                                        line.isDashed(),
                                        true)));
        if (guide != null) {
            keys.add(new Plot.Key(guide.name(), Tint.FAINT, true, true));
        }
        return keys;
    }

    private Axis fittingUp() {
        return fitting(
                lines.stream()
                        .flatMap(
                                line ->
                                        Stream.of(line.y(), line.low(), line.high())
                                                .filter(Objects::nonNull)));
    }

    private static Axis fitting(Stream<double[]> values) {
        double[] all = values.flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
        double least = Arrays.stream(all).min().orElse(0);
        double most = Arrays.stream(all).max().orElse(1);
        return least >= 0 && least < most / 2 ? Axis.fromZero(most) : Axis.of(least, most);
    }

    private static void band(Plot plot, Line line) {
        if (line.low() == null || line.high() == null) {
            return;
        }
        int[] shown =
                IntStream.range(0, line.x().length)
                        .filter(
                                i ->
                                        Double.isFinite(line.low()[i])
                                                && Double.isFinite(line.high()[i]))
                        .toArray();
        if (shown.length < 2) {
            return;
        }
        int last = shown.length - 1;
        double[] x =
                IntStream.rangeClosed(0, 2 * last + 1)
                        .mapToDouble(k -> line.x()[shown[k <= last ? k : 2 * last + 1 - k]])
                        .toArray();
        double[] y =
                DoubleStream.concat(
                                Arrays.stream(shown).mapToDouble(i -> line.high()[i]),
                                IntStream.rangeClosed(0, last)
                                        .mapToDouble(k -> line.low()[shown[last - k]]))
                        .toArray();
        plot.sheet()
                .add(new Mark.Area(plot.xs(x), plot.ys(y), Tint.of(line.color()).fade(0.15), ""));
    }

    private static void draw(Plot plot, Line line) {
        int[] shown =
                IntStream.range(0, line.x().length)
                        .filter(i -> Double.isFinite(line.y()[i]))
                        .toArray();
        double[] x = Arrays.stream(shown).mapToDouble(i -> plot.x(line.x()[i])).toArray();
        double[] y = Arrays.stream(shown).mapToDouble(i -> plot.y(line.y()[i])).toArray();
        Tint tint = Tint.of(line.color());
        plot.sheet().path(x, y, tint, 1.8, line.isDashed());
        if (shown.length <= FEW) {
            for (int k = 0; k < shown.length; k++) {
                String note =
                        "%s, %s: %s"
                                .formatted(
                                        line.name(),
                                        Axis.text(line.x()[shown[k]]),
                                        Axis.text(line.y()[shown[k]]));
                plot.sheet().dot(x[k], y[k], 2.6, tint, note);
            }
        }
    }
}
