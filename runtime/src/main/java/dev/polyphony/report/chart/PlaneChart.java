/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import dev.polyphony.report.chart.Mark.Anchor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Maps of a plane with points in it, below each other; the last has a scale of its shades.
 *
 * @param across the horizontal axis
 * @param up the vertical axis
 * @param dots the points
 * @param maps the maps
 * @param limit the value of the darkest shade of the last map
 */
public record PlaneChart(Axis across, Axis up, List<Dot> dots, List<Map> maps, double limit) {

    /** The darkest shade. */
    public static final Color DARK = new Color(0x4b, 0x1d, 0x6b);

    private static final int PANEL = 290;
    private static final int LEFT = 40;
    private static final int SIDE = 242;
    private static final int TOP = 34;

    /**
     * A point.
     *
     * @param x its place
     * @param y its height
     * @param label its class
     */
    public record Dot(double x, double y, int label) {}

    /**
     * A map.
     *
     * @param title what it shows
     * @param image its pixels, from the top
     */
    public record Map(String title, BufferedImage image) {}

    /**
     * Paints a map.
     *
     * @param cells the pixels of a side
     * @param color the colour of the k-th pixel, row by row from the top
     * @return the image
     */
    public static BufferedImage image(int cells, IntFunction<Color> color) {
        BufferedImage image = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_RGB);
        for (int k = 0; k < cells * cells; k++) {
            image.setRGB(k % cells, k / cells, color.apply(k).getRGB());
        }
        return image;
    }

    /**
     * Mixes a colour with white.
     *
     * @param color the colour
     * @param share how much of it, from 0 to 1
     * @return the shade
     */
    public static Color shade(Color color, double share) {
        return Palette.mix(Color.WHITE, color, share);
    }

    /**
     * Draws it.
     *
     * @return the drawing
     */
    public Drawing toDrawing() {
        Sheet sheet = new Sheet(Plot.WIDTH, PANEL * maps.size() + 18);
        for (int m = 0; m < maps.size(); m++) {
            panel(sheet, maps.get(m), m * PANEL);
        }
        scale(sheet, (maps.size() - 1) * PANEL + TOP);
        return sheet.toDrawing();
    }

    private void panel(Sheet sheet, Map map, double from) {
        double top = from + TOP;
        double bottom = top + SIDE;
        String title = Letters.fit(map.title(), Sheet.LARGE, true, Plot.WIDTH - 2.0 * Sheet.MARGIN);
        sheet.add(
                new Mark.Words(
                        Sheet.MARGIN,
                        from + Sheet.MARGIN + Sheet.LARGE,
                        Anchor.START,
                        Sheet.LARGE,
                        true,
                        false,
                        Tint.INK,
                        title));
        sheet.image(LEFT, top, SIDE, SIDE, map.image(), true);
        for (double tick : across.ticks()) {
            double x = LEFT + across.place(tick) * SIDE;
            sheet.text(x, bottom + 16, Anchor.MIDDLE, Tint.FAINT, Axis.text(tick));
        }
        for (double tick : up.ticks()) {
            double y = bottom - up.place(tick) * SIDE;
            sheet.text(LEFT - 6, y + 4, Anchor.END, Tint.FAINT, Axis.text(tick));
        }
        for (Dot dot : dots) {
            double x = LEFT + across.place(dot.x()) * SIDE;
            double y = bottom - up.place(dot.y()) * SIDE;
            marker(sheet, x, y, dot.label());
        }
    }

    /** A class has a colour and a shape of its own. */
    private static void marker(Sheet sheet, double x, double y, int label) {
        Tint tint = Tint.fixed(Palette.mix(Palette.of(label), Color.BLACK, 0.35));
        double r = 2.4;
        switch (label % 4) {
            case 0 -> sheet.dot(x, y, r, tint, "");
            case 1 ->
                    sheet.add(
                            new Mark.Area(
                                    new double[] {x - r * 1.1, x + r * 1.1, x},
                                    new double[] {y + r, y + r, y - r},
                                    tint,
                                    ""));
            case 2 -> sheet.box(x - r, y - r, 2 * r, 2 * r, tint, "");
            default ->
                    sheet.add(
                            new Mark.Area(
                                    new double[] {x - r * 1.3, x, x + r * 1.3, x},
                                    new double[] {y, y - r * 1.3, y, y + r * 1.3},
                                    tint,
                                    ""));
        }
    }

    private void scale(Sheet sheet, double from) {
        int steps = 50;
        double left = LEFT + SIDE + 12;
        double height = SIDE - 40.0;
        double top = from + 20;
        BufferedImage shades = new BufferedImage(1, steps, BufferedImage.TYPE_INT_RGB);
        for (int s = 0; s < steps; s++) {
            shades.setRGB(0, s, shade(DARK, 1 - s / (steps - 1.0)).getRGB());
        }
        sheet.image(left, top, 14, height, shades, false);
        for (int tick = 0; tick <= 4; tick++) {
            String text =
                    tick == 4
                            ? "0"
                            : String.format(
                                    Locale.ROOT,
                                    limit < 0.1 ? "%.4f" : "%.3f",
                                    limit * (4 - tick) / 4);
            sheet.text(left + 20, top + 4 + height * tick / 4, Anchor.START, Tint.FAINT, text);
        }
    }
}
