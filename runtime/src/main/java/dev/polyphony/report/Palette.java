/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.awt.Color;

/**
 * The colours of the charts, told apart also by readers who do not see all colours.
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito, Color Universal Design</a>
 */
final class Palette {

    static final Color INK = new Color(0x22, 0x26, 0x2b);
    static final Color FAINT = new Color(0x6b, 0x72, 0x80);
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
    };

    private Palette() {}

    /** Returns the colour of the n-th method, or class; they repeat after eight. */
    static Color of(int index) {
        return COLORS[index % COLORS.length];
    }

    /** Mixes two colours: 0 gives the first, 1 the second. */
    static Color mix(Color first, Color second, double share) {
        double s = Math.max(0, Math.min(1, share));
        return new Color(
                (int) Math.round(first.getRed() * (1 - s) + second.getRed() * s),
                (int) Math.round(first.getGreen() * (1 - s) + second.getGreen() * s),
                (int) Math.round(first.getBlue() * (1 - s) + second.getBlue() * s));
    }

    static Color transparent(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }
}
