/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.util.Arrays;
import java.util.List;

/**
 * How often numbers fall into bins, of several kinds over each other.
 *
 * @param titles what stands above
 * @param edges the edges of the bins, rising, one more than there are bins
 * @param acrossTitle what the numbers are
 * @param upTitle what the heights are
 * @param kinds what is counted
 */
public record HistogramChart(
        Titles titles, double[] edges, String acrossTitle, String upTitle, List<Kind> kinds) {

    private static final int HEIGHT = 170;

    /**
     * What is counted.
     *
     * @param name its name
     * @param tint its colour
     * @param heights the height of each bin
     */
    public record Kind(String name, Tint tint, double[] heights) {}

    /** Checks the lengths. */
    public HistogramChart {
        kinds = List.copyOf(kinds);
        for (Kind kind : kinds) {
            if (kind.heights().length != edges.length - 1) {
                throw new IllegalArgumentException(
                        "'%s' has %d heights for %d bins"
                                .formatted(kind.name(), kind.heights().length, edges.length - 1));
            }
        }
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        double most =
                kinds.stream()
                        .flatMapToDouble(kind -> Arrays.stream(kind.heights()))
                        .max()
                        .orElse(0);
        Plot plot =
                Plot.of(
                        titles,
                        HEIGHT,
                        Axis.within(edges[0], edges[edges.length - 1]),
                        acrossTitle,
                        Axis.fromZero(most),
                        upTitle,
                        kinds.stream()
                                .map(kind -> new Plot.Key(kind.name(), fill(kind), false, false))
                                .toList());
        kinds.forEach(kind -> steps(plot, kind));
        return plot.toDrawing();
    }

    private static Tint fill(Kind kind) {
        return kind.tint().fade(0.35);
    }

    private void steps(Plot plot, Kind kind) {
        int bins = kind.heights().length;
        double[] x = new double[2 * bins + 2];
        double[] y = new double[2 * bins + 2];
        x[0] = plot.x(edges[0]);
        y[0] = plot.y(0);
        for (int b = 0; b < bins; b++) {
            x[2 * b + 1] = plot.x(edges[b]);
            x[2 * b + 2] = plot.x(edges[b + 1]);
            y[2 * b + 1] = plot.y(kind.heights()[b]);
            y[2 * b + 2] = y[2 * b + 1];
        }
        x[2 * bins + 1] = plot.x(edges[bins]);
        y[2 * bins + 1] = plot.y(0);
        plot.sheet().add(new Mark.Area(x, y, fill(kind), kind.name()));
        plot.sheet().path(x, y, kind.tint(), 1.4, false);
    }
}
