/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Collects the marks of a drawing. Each call draws over what is there. */
public final class Sheet {

    /** Size of the words at axes. */
    public static final double SMALL = 11;

    /** Size of the words of headlines. */
    public static final double LARGE = 13;

    /** What is left free at the edges. */
    public static final int MARGIN = 10;

    private final int width;
    private final int height;
    private final List<Mark> marks = new ArrayList<>();

    /**
     * Takes an empty sheet.
     *
     * @param width the width in pixels of the layout
     * @param height the height
     */
    public Sheet(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Returns the width.
     *
     * @return the width in pixels of the layout
     */
    public int getWidth() {
        return width;
    }

    /**
     * Returns the height.
     *
     * @return the height in pixels of the layout
     */
    public int getHeight() {
        return height;
    }

    /**
     * Draws a mark.
     *
     * @param mark the mark
     * @return this
     */
    public Sheet add(Mark mark) {
        marks.add(mark);
        return this;
    }

    /** Draws what the picture shows in bold on the left, and a remark on the right. */
    Sheet headline(String bold, String remark) {
        double baseline = MARGIN + LARGE;
        double room = width - 2.0 * MARGIN;
        if (!remark.isEmpty()) {
            add(
                    new Mark.Words(
                            width - MARGIN,
                            baseline,
                            Anchor.END,
                            SMALL,
                            false,
                            false,
                            Tint.FAINT,
                            remark));
            room -= Letters.width(remark, SMALL, false) + MARGIN;
        }
        String fitting = Letters.fit(bold, LARGE, true, room);
        return add(
                new Mark.Words(
                        MARGIN, baseline, Anchor.START, LARGE, true, false, Tint.INK, fitting));
    }

    Sheet text(double x, double y, Anchor anchor, Tint tint, String text) {
        return add(new Mark.Words(x, y, anchor, SMALL, false, false, tint, text));
    }

    Sheet line(double fromX, double fromY, double toX, double toY, Tint tint, double thickness) {
        return path(new double[] {fromX, toX}, new double[] {fromY, toY}, tint, thickness, false);
    }

    Sheet path(double[] x, double[] y, Tint tint, double thickness, boolean isDashed) {
        return add(new Mark.Path(x, y, tint, thickness, isDashed));
    }

    Sheet box(double x, double y, double boxWidth, double boxHeight, Tint tint, String note) {
        return add(
                new Mark.Area(
                        new double[] {x, x + boxWidth, x + boxWidth, x},
                        new double[] {y, y, y + boxHeight, y + boxHeight},
                        tint,
                        note));
    }

    Sheet dot(double x, double y, double radius, Tint tint, String note) {
        return add(new Mark.Dot(x, y, radius, tint, note));
    }

    Sheet image(double x, double y, double w, double h, BufferedImage image, boolean isSmooth) {
        return add(new Mark.Raster(x, y, w, h, image, isSmooth));
    }

    /**
     * Returns what was drawn.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        return new Drawing(width, height, marks);
    }
}
