/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.awt.Color;

/**
 * The colours of the charts, told apart also by readers who do not see all colours.
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito, Color Universal Design</a>
 */
public final class Palette {

    /** How many rows have colours of their own. */
    public static final int SIZE = 12;

    /** After so many colours come as many of dashed lines. */
    private static final int SOLID = SIZE / 2;

    static final Color INK = new Color(0x22, 0x26, 0x2b);
    static final Color FAINT = new Color(0x5a, 0x62, 0x70);
    static final Color GRID = new Color(0xe3, 0xe6, 0xea);

    private static final Color[] COLORS = {
        new Color(0x00, 0x72, 0xb2), // blue
        new Color(0xe6, 0x9f, 0x00), // orange
        new Color(0x00, 0x9e, 0x73), // bluish green
        new Color(0xd5, 0x5e, 0x00), // vermilion
        new Color(0xcc, 0x79, 0xa7), // reddish purple
        new Color(0x56, 0xb4, 0xe9), // sky blue
        new Color(0x8c, 0x7a, 0x00), // dark yellow
        new Color(0x5b, 0x5b, 0x5b), // grey
        new Color(0x1b, 0x32, 0x5e), // navy
        new Color(0x81, 0x05, 0x0c), // dark red
        new Color(0xa2, 0x49, 0xb4), // violet
        new Color(0x3a, 0x21, 0xc9), // indigo
    };

    private static final String[] ON_DARK = {
        "#4ba3e0", "#f0b63c", "#35c595", "#f58549", "#e09cc2", "#86cdf5", "#cdbb45", "#a8adb5",
        "#dcbda6", "#d2756c", "#957abd", "#37921e"
    };

    private Palette() {}

    /**
     * Returns the colour of the n-th row, curve or class.
     *
     * @param index from 0; the colours repeat after {@value #SIZE}
     * @return the colour on white
     */
    public static Color of(int index) {
        return COLORS[index % COLORS.length];
    }

    /**
     * Returns whether the line of the n-th row is dashed: colours of which some readers see two as
     * one are told apart by that.
     *
     * @param index from 0
     * @return false for the first half of the colours
     */
    public static boolean isDashed(int index) {
        return index % SIZE >= SOLID;
    }

    /**
     * Returns the colours as custom properties of a style sheet.
     *
     * @param isDark whether they stand on a dark ground
     * @return declarations of {@code --c0} and so on
     */
    public static String properties(boolean isDark) {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < SIZE; i++) {
            properties.append(
                    "--c%d: %s; ".formatted(i, isDark ? ON_DARK[i] : Tint.hex(COLORS[i])));
        }
        return properties.toString();
    }

    /** Mixes two colours: 0 gives the first, 1 the second. */
    static Color mix(Color first, Color second, double share) {
        double s = Math.max(0, Math.min(1, share));
        return new Color(
                (int) Math.round(first.getRed() * (1 - s) + second.getRed() * s),
                (int) Math.round(first.getGreen() * (1 - s) + second.getGreen() * s),
                (int) Math.round(first.getBlue() * (1 - s) + second.getBlue() * s));
    }
}
