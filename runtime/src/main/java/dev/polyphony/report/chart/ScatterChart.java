/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Points, such as predicted against true numbers, with bars up and down for intervals.
 *
 * @param titles what stands above
 * @param acrossTitle what the places are
 * @param upTitle what the values are
 * @param color the number of the colour
 * @param x the places
 * @param y the values
 * @param low where the bars begin, or null
 * @param high where they end, or null
 */
public record ScatterChart(
        Titles titles,
        String acrossTitle,
        String upTitle,
        int color,
        double[] x,
        double[] y,
        double[] low,
        double[] high) {

    private static final int HEIGHT = 250;

    /** Checks the lengths. */
    public ScatterChart {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException(
                    "%d places for %d values".formatted(x.length, y.length));
        }
    }

    /**
     * Draws it, with the diagonal on which both are the same.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] values : new double[][] {x, y, low, high}) {
            for (double value : values == null ? new double[0] : values) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        Axis axis = Axis.of(least < 0 || most <= 50 * least ? least : 0, most);
        List<Plot.Key> keys = new ArrayList<>();
        keys.add(new Plot.Key("predicted = true", Tint.INK, true, true));
        Plot plot = Plot.of(titles, HEIGHT, axis, acrossTitle, axis, upTitle, keys);
        Tint tint = Tint.of(color);
        double[] ends = {axis.from(), axis.to()};
        plot.sheet().path(plot.xs(ends), plot.ys(ends), Tint.INK, 1.2, true);
        for (int i = 0; i < x.length; i++) {
            double at = plot.x(x[i]);
            if (low != null && high != null) {
                plot.sheet().line(at, plot.y(low[i]), at, plot.y(high[i]), tint.fade(0.35), 1.4);
            }
            plot.sheet().dot(at, plot.y(y[i]), 2.2, tint.fade(0.8), "");
        }
        return plot.toDrawing();
    }
}
