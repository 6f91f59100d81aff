/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.awt.Color;
import java.util.Locale;

/**
 * A colour by its purpose: on a page it follows light and dark mode, in a file it is as given.
 *
 * @param name the purpose, a word that style sheets use; empty for a colour that never changes
 * @param color the colour on white
 * @param opacity from 0, invisible, to 1
 */
public record Tint(String name, Color color, double opacity) {

    /** Words and axes. */
    public static final Tint INK = new Tint("ink", Palette.INK, 1);

    /** Words of less weight. */
    public static final Tint FAINT = new Tint("faint", Palette.FAINT, 1);

    /** Lines of a grid. */
    public static final Tint LINE = new Tint("line", Palette.GRID, 1);

    /** What it is drawn on. */
    public static final Tint PAPER = new Tint("paper", Color.WHITE, 1);

    /** Marks something that is wrong. */
    public static final Tint WRONG = new Tint("c3", Palette.of(3), 1);

    /** Marks something that is right. */
    public static final Tint RIGHT = new Tint("c0", Palette.of(0), 1);

    /**
     * Returns the colour of the n-th row, curve or class.
     *
     * @param index from 0; the colours repeat after {@value Palette#SIZE}
     * @return the tint
     */
    public static Tint of(int index) {
        return new Tint("c" + index % Palette.SIZE, Palette.of(index), 1);
    }

    /**
     * Returns a colour that is the same in light and dark.
     *
     * @param color the colour
     * @return the tint
     */
    public static Tint fixed(Color color) {
        return new Tint("", color, 1);
    }

    /**
     * Returns the same colour, less opaque.
     *
     * @param share the opacity, from 0 to 1
     * @return the tint
     */
    public Tint fade(double share) {
        return new Tint(name, color, share);
    }

    /** The colour as style sheets write it. */
    String hex() {
        return hex(color);
    }

    static String hex(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xffffff);
    }

    /** The colour of a raster file, with its opacity. */
    Color awt() {
        return new Color(
                color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
    }
}
