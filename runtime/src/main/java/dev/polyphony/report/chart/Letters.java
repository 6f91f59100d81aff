/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** How wide words are: about so on a page, whose font is the reader's. */
final class Letters {

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private Letters() {}

    /** The font that drawings are written in as PNG. */
    static Font font(double size, boolean isBold) {
        return new Font(Font.SANS_SERIF, isBold ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) size);
    }

    static double width(String text, double size, boolean isBold) {
        try {
            return font(size, isBold).getStringBounds(text, CONTEXT).getWidth();
        } catch (LinkageError | InternalError e) {
            throw new IllegalStateException(
                    "cannot draw: this Java finds no fonts; install some (on Debian: apt-get"
                            + " install fontconfig fonts-dejavu-core)",
                    e);
        }
    }

    /** Cuts a text that is wider than its place. */
    static String fit(String text, double size, boolean isBold, double room) {
        String fitting = text;
        for (int length = text.length() - 1;
                width(fitting, size, isBold) > room && length > 0;
                length--) {
            fitting = text.substring(0, length).stripTrailing() + "…";
        }
        return fitting;
    }
}
