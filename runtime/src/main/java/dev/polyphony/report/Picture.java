/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * A picture of a report.
 *
 * @param name the file name without ending: lower-case letters, digits and hyphens
 * @param title what it shows, in a few words
 * @param caption how to read it, in a sentence or two
 * @param png the picture as PNG, twice as wide and high as it is to be shown (for fine displays)
 */
public record Picture(String name, String title, String caption, byte[] png) {

    private static final int PNG_SIGNATURE = 0x89504e47;

    /** Checks the name and the kind of file. */
    public Picture {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "'%s' cannot name a picture: use lower-case letters, digits and hyphens"
                            .formatted(name));
        }
        if (png.length < 24 || ByteBuffer.wrap(png).getInt() != PNG_SIGNATURE) {
            throw new IllegalArgumentException("picture '%s' is not a PNG".formatted(name));
        }
        png = png.clone();
    }

    @Override
    public byte[] png() {
        return png.clone();
    }

    /** Returns the width to show it with: that of the PNG header, halved. */
    int width() {
        return ByteBuffer.wrap(png).getInt(16) / Canvas.SCALE;
    }

    /** Returns the height to show it with. */
    int height() {
        return ByteBuffer.wrap(png).getInt(20) / Canvas.SCALE;
    }

    /** Returns the same picture under another name. */
    Picture withName(String other) {
        return new Picture(other, title, caption, png);
    }

    /** Returns the file, relative to the report. */
    String file() {
        return "pictures/" + name + ".png";
    }

    /** Makes a file name out of words. */
    static String nameOf(String... words) {
        String name =
                String.join("-", words)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return name.isEmpty() ? "picture" : name;
    }
}
