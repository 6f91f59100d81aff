/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.report.chart.Drawing;
import dev.polyphony.report.chart.Png;
import dev.polyphony.report.chart.Svg;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A picture of a report: a drawing, which is written as SVG and PNG, or a PNG. */
public final class Picture {

    private static final int PNG_SIGNATURE = 0x89504e47;

    private final String name;
    private final String title;
    private final String caption;
    private final Drawing drawing;
    private final byte[] png;

    private Picture(String name, String title, String caption, Drawing drawing, byte[] png) {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "'%s' cannot name a picture: use lower-case letters, digits and hyphens"
                            .formatted(name));
        }
        this.name = name;
        this.title = Objects.requireNonNull(title, "title");
        this.caption = Objects.requireNonNull(caption, "caption");
        this.drawing = drawing;
        this.png = png;
    }

    /**
     * Makes a picture of a drawing.
     *
     * @param name the file name without ending: lower-case letters, digits and hyphens
     * @param title what it shows, in a few words
     * @param caption what is to be seen, in a sentence or two
     * @param drawing the drawing
     * @return the picture
     * @throws IllegalArgumentException if the name cannot be that of a file
     */
    public static Picture of(String name, String title, String caption, Drawing drawing) {
        return new Picture(name, title, caption, Objects.requireNonNull(drawing, "drawing"), null);
    }

    /**
     * Makes a picture of a file.
     *
     * @param name the file name without ending: lower-case letters, digits and hyphens
     * @param title what it shows, in a few words
     * @param caption what is to be seen, in a sentence or two
     * @param png the picture as PNG, twice as wide and high as it is to be shown (for fine
     *     displays)
     * @return the picture
     * @throws IllegalArgumentException if the name cannot be that of a file, or this is no PNG
     */
    public static Picture ofPng(String name, String title, String caption, byte[] png) {
        if (png.length < 24 || ByteBuffer.wrap(png).getInt() != PNG_SIGNATURE) {
            throw new IllegalArgumentException("picture '%s' is not a PNG".formatted(name));
        }
        return new Picture(name, title, caption, null, png.clone());
    }

    /**
     * Returns the name of its files, without ending.
     *
     * @return the name
     */
    public String getName() {
        return name;
    }

    /**
     * Returns what it shows, in a few words.
     *
     * @return the title
     */
    public String getTitle() {
        return title;
    }

    /**
     * Returns what is to be seen.
     *
     * @return a sentence or two
     */
    public String getCaption() {
        return caption;
    }

    /**
     * Returns the drawing.
     *
     * @return the drawing; empty if the picture was made of a PNG
     */
    public Optional<Drawing> getDrawing() {
        return Optional.ofNullable(drawing);
    }

    /**
     * Returns it as PNG.
     *
     * @return the file, twice as wide and high as it is to be shown
     */
    public byte[] toPng() {
        return drawing == null ? png.clone() : Png.of(drawing);
    }

    /** Returns the width to show it with. */
    int width() {
        return drawing == null ? ByteBuffer.wrap(png).getInt(16) / Png.SCALE : drawing.width();
    }

    /** Returns the height to show it with. */
    int height() {
        return drawing == null ? ByteBuffer.wrap(png).getInt(20) / Png.SCALE : drawing.height();
    }

    /** Returns the same picture under another name. */
    Picture withName(String other) {
        return new Picture(other, title, caption, drawing, png);
    }

    /** Returns its file as PNG, relative to the report. */
    String file() {
        return "pictures/" + name + ".png";
    }

    /** Returns its file as SVG, relative to the report, if it has one. */
    Optional<String> vectorFile() {
        return getDrawing().map(any -> "pictures/" + name + ".svg");
    }

    /** Returns all its files, relative to the report. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(file(), toPng());
        vectorFile()
                .ifPresent(
                        svg ->
                                files.put(
                                        svg,
                                        Svg.file(drawing, title).getBytes(StandardCharsets.UTF_8)));
        return files;
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
