/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Quality against cost, where less is better of both: the line joins the rows that no other row
 * beats in both (the Pareto front).
 *
 * @param titles what stands above
 * @param acrossTitle the cost, drawn by ratios
 * @param upTitle the quality
 * @param points the rows
 */
public record TradeOff(Titles titles, String acrossTitle, String upTitle, List<Point> points) {

    private static final int HEIGHT = 250;
    private static final double RADIUS = 4.5;

    /**
     * A row.
     *
     * @param name its name
     * @param color the number of its colour
     * @param cost the cost, above zero
     * @param quality the quality, the lower the better
     * @param low where a whisker begins; NaN for none
     * @param high where it ends
     */
    public record Point(
            String name, int color, double cost, double quality, double low, double high) {

        private boolean isBeatenBy(Point other) {
            return other.cost <= cost
                    && other.quality <= quality
                    && (other.cost < cost || other.quality < quality);
        }
    }

    /** Copies the list. */
    public TradeOff {
        points = List.copyOf(points);
        if (points.isEmpty() || points.stream().anyMatch(point -> !(point.cost() > 0))) {
            throw new IllegalArgumentException(
                    "a picture of costs needs points that cost something");
        }
    }

    /**
     * Returns the rows that no other row beats in both.
     *
     * @return the front, the cheapest first
     */
    public List<Point> getFront() {
        return points.stream()
                .filter(point -> points.stream().noneMatch(point::isBeatenBy))
                .sorted(Comparator.comparingDouble(Point::cost))
                .toList();
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        double least = points.stream().mapToDouble(Point::cost).min().orElseThrow();
        double most = points.stream().mapToDouble(Point::cost).max().orElseThrow();
        double low = points.stream().mapToDouble(p -> least(p.quality(), p.low())).min().orElse(0);
        double high = points.stream().mapToDouble(p -> most(p.quality(), p.high())).max().orElse(1);
        Plot plot =
                Plot.of(
                        titles,
                        HEIGHT,
                        Axis.ofRatios(least, most),
                        acrossTitle,
                        Axis.of(low < high / 3 ? 0 : low, high),
                        upTitle,
                        List.of());
        List<Rectangle2D> taken = front(plot);
        for (Point point : points) {
            double x = plot.x(point.cost());
            double y = plot.y(point.quality());
            if (Double.isFinite(point.low()) && Double.isFinite(point.high())) {
                plot.sheet().line(x, plot.y(point.low()), x, plot.y(point.high()), Tint.INK, 1.1);
            }
            String note =
                    String.format(
                            Locale.ROOT,
                            "%s: %,.4g, %s",
                            point.name(),
                            point.cost(),
                            Axis.text(point.quality()));
            plot.sheet().dot(x, y, RADIUS, Tint.of(point.color()), note);
            taken.add(new Rectangle2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
        points.forEach(point -> label(plot, point, taken));
        return plot.toDrawing();
    }

    private static double least(double value, double low) {
        return Double.isFinite(low) ? Math.min(value, low) : value;
    }

    private static double most(double value, double high) {
        return Double.isFinite(high) ? Math.max(value, high) : value;
    }

    /**
     * As stairs: whoever pays less than the next row of the front costs gets what is before it.
     * Returns where it goes.
     */
    private List<Rectangle2D> front(Plot plot) {
        List<Point> front = getFront();
        double[] x = new double[2 * front.size() + 1];
        double[] y = new double[x.length];
        x[0] = plot.x(front.get(0).cost());
        y[0] = plot.top();
        for (int k = 0; k < front.size(); k++) {
            double next = k + 1 < front.size() ? plot.x(front.get(k + 1).cost()) : plot.right();
            x[2 * k + 1] = plot.x(front.get(k).cost());
            y[2 * k + 1] = plot.y(front.get(k).quality());
            x[2 * k + 2] = next;
            y[2 * k + 2] = y[2 * k + 1];
        }
        plot.sheet().path(x, y, Tint.FAINT, 1.2, true);
        List<Rectangle2D> taken = new ArrayList<>();
        for (int k = 1; k < x.length; k++) {
            taken.add(
                    new Rectangle2D.Double(
                            Math.min(x[k - 1], x[k]) - 1,
                            Math.min(y[k - 1], y[k]) - 1,
                            Math.abs(x[k] - x[k - 1]) + 2,
                            Math.abs(y[k] - y[k - 1]) + 2));
        }
        return taken;
    }

    /** Puts a name where it covers no other, beside its point, if need be further off. */
    private static void label(Plot plot, Point point, List<Rectangle2D> taken) {
        String name = Letters.fit(point.name(), Sheet.SMALL, false, 150);
        double width = Letters.width(name, Sheet.SMALL, false);
        double x = plot.x(point.cost());
        double y = plot.y(point.quality());
        Rectangle2D best = null;
        for (double far = 0; best == null && far < 120; far += 6) {
            for (double[] shift : shifts(width, far)) {
                Rectangle2D box =
                        new Rectangle2D.Double(x + shift[0], y + shift[1], width, Sheet.SMALL + 2);
                boolean isInside =
                        box.getMinX() > plot.left()
                                && box.getMaxX() < Plot.WIDTH - 2
                                && box.getMinY() > plot.top()
                                && box.getMaxY() < plot.bottom();
                if (isInside && taken.stream().noneMatch(box::intersects)) {
                    best = box;
                    break;
                }
            }
        }
        if (best == null) {
            // a crowd: the name is in the note of the point
            return;
        }
        taken.add(best);
        if (best.getMinY() > y + 24 || best.getMaxY() < y - 24) {
            double end = best.getMinY() > y ? best.getMinY() : best.getMaxY();
            double foot = Math.max(best.getMinX(), Math.min(x, best.getMaxX()));
            plot.sheet().line(x, y, foot, end, Tint.FAINT, 0.7);
        }
        plot.sheet().text(best.getMinX(), best.getMaxY() - 3, Anchor.START, Tint.INK, name);
    }

    private static double[][] shifts(double width, double far) {
        double half = (Sheet.SMALL + 2) / 2;
        return new double[][] {
            {RADIUS + 4, -half - far},
            {RADIUS + 4, -half + far},
            {-width - RADIUS - 4, -half - far},
            {-width - RADIUS - 4, -half + far},
            {-width / 2, -2 * half - RADIUS - 2 - far},
            {-width / 2, RADIUS + 2 + far}
        };
    }
}
