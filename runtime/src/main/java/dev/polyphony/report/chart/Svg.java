/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes drawings as SVG. */
public final class Svg {

    private static final String FONTS =
            "font-family=\"system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif\"";

    private final Drawing drawing;
    private final boolean isInline;
    private final StringBuilder out = new StringBuilder();

    private Svg(Drawing drawing, boolean isInline) {
        this.drawing = drawing;
        this.isInline = isInline;
    }

    /**
     * Writes a drawing as a part of a page, whose colours it takes by the classes of {@link
     * #style}.
     *
     * @param drawing the drawing
     * @param title what it shows, for readers who do not see it
     * @return an {@code svg} element
     */
    public static String inline(Drawing drawing, String title) {
        return new Svg(drawing, true)
                .write(
                        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\"%s>\n"
                                .formatted(
                                        drawing.width(),
                                        drawing.height(),
                                        drawing.width(),
                                        drawing.height(),
                                        escape(title),
                                        drawing.isFixed() ? " class=\"fixed\"" : ""));
    }

    /**
     * Writes a drawing as a file of its own, on white.
     *
     * @param drawing the drawing
     * @param title what it shows
     * @return the document
     */
    public static String file(Drawing drawing, String title) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + new Svg(drawing, false)
                        .write(
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" %s>\n<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n"
                                        .formatted(
                                                drawing.width(),
                                                drawing.height(),
                                                drawing.width(),
                                                drawing.height(),
                                                FONTS,
                                                escape(title)));
    }

    /**
     * The rules that give inline drawings the colours of their page: of the custom properties
     * {@code --ink}, {@code --faint}, {@code --line}, {@code --paper} and {@code --c0} and so on.
     *
     * @return the rules
     */
    public static String style() {
        StringBuilder rules = new StringBuilder();
        List<String> names = new ArrayList<>(List.of("ink", "faint", "line", "paper"));
        for (int i = 0; i < Palette.SIZE; i++) {
            names.add("c" + i);
        }
        for (String name : names) {
            rules.append(
                    ".f-%s{fill:var(--%s)}.s-%s{stroke:var(--%s)}\n"
                            .formatted(name, name, name, name));
        }
        return rules.toString();
    }

    private String write(String head) {
        out.append(head);
        drawing.marks().forEach(this::write);
        return out.append("</svg>\n").toString();
    }

    private void write(Mark mark) {
        if (mark instanceof Mark.Area area) {
            noted(
                    "<polygon points=\"%s\"%s"
                            .formatted(points(area.x(), area.y()), fill(area.tint())),
                    "polygon",
                    area.note());
        } else if (mark instanceof Mark.Path path) {
            out.append(
                    "<polyline points=\"%s\" fill=\"none\" stroke-width=\"%s\" stroke-linejoin=\"round\"%s%s/>\n"
                            .formatted(
                                    points(path.x(), path.y()),
                                    number(path.width()),
                                    path.isDashed() ? " stroke-dasharray=\"5 4\"" : "",
                                    color("stroke", path.tint())));
        } else if (mark instanceof Mark.Dot dot) {
            noted(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"%s\"%s"
                            .formatted(
                                    number(dot.x()),
                                    number(dot.y()),
                                    number(dot.radius()),
                                    fill(dot.tint())),
                    "circle",
                    dot.note());
        } else if (mark instanceof Mark.Words words) {
            write(words);
        } else if (mark instanceof Mark.Raster raster) {
            write(raster);
        }
    }

    private void noted(String start, String tag, String note) {
        out.append(start);
        out.append(
                note.isEmpty() ? "/>\n" : "><title>%s</title></%s>\n".formatted(escape(note), tag));
    }

    private void write(Mark.Words words) {
        String anchor =
                switch (words.anchor()) {
                    case START -> "";
                    case MIDDLE -> " text-anchor=\"middle\"";
                    case END -> " text-anchor=\"end\"";
                };
        String place =
                words.isUpwards()
                        ? " transform=\"translate(%s %s) rotate(-90)\""
                                .formatted(number(words.x()), number(words.y()))
                        : " x=\"%s\" y=\"%s\"".formatted(number(words.x()), number(words.y()));
        out.append(
                "<text%s font-size=\"%s\"%s%s%s>%s</text>\n"
                        .formatted(
                                place,
                                number(words.size()),
                                words.isBold() ? " font-weight=\"600\"" : "",
                                anchor,
                                fill(words.tint()),
                                escape(words.text())));
    }

    private void write(Mark.Raster raster) {
        out.append(
                "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\"%s href=\"data:image/png;base64,%s\"/>\n"
                        .formatted(
                                number(raster.x()),
                                number(raster.y()),
                                number(raster.width()),
                                number(raster.height()),
                                raster.isSmooth() ? "" : " style=\"image-rendering:pixelated\"",
                                Base64.getEncoder().encodeToString(Png.encode(raster.image()))));
    }

    private String fill(Tint tint) {
        return color("fill", tint);
    }

    private String color(String property, Tint tint) {
        String color =
                isInline && !tint.name().isEmpty()
                        ? " class=\"%s-%s\"".formatted(property.substring(0, 1), tint.name())
                        : " %s=\"%s\"".formatted(property, tint.hex());
        return tint.opacity() == 1
                ? color
                : color + " %s-opacity=\"%s\"".formatted(property, number(tint.opacity()));
    }

    private static String points(double[] x, double[] y) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            points.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
        }
        return points.toString();
    }

    /** A length to a hundredth of a pixel, without needless digits. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
