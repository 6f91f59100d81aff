/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.report.chart.Palette;
import dev.polyphony.report.chart.Svg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The page as one HTML file that needs nothing else: styles and pictures are inside. */
final class HtmlPage {

    private static final String STYLE =
            resource("page.css")
                            .replace("@light", Palette.properties(false))
                            .replace("@dark", Palette.properties(true))
                    + Svg.style();

    private static final String SCRIPT = "<script>\n//<![CDATA[\n%s//]]>\n</script>\n";

    private static final String FIGURE = "<figure>%s<figcaption>%s</figcaption></figure>\n";

    private static final String IMAGE =
            "<img src=\"data:image/png;base64,%s\" width=\"%d\" height=\"%d\" alt=\"%s\"/>";

    private HtmlPage() {}

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(Page page) {
        StringBuilder out = new StringBuilder();
        out.append(head(page.title(), "", ""));
        if (!page.introduction().isEmpty()) {
            out.append(paragraph(page.introduction()));
        }
        for (int s = 0; s < page.sections().size(); s++) {
            Section section = page.sections().get(s);
            out.append("<section id=\"" + section.anchor() + "\">\n");
            out.append("<h2>" + escape(section.heading()) + "</h2>\n");
            section.blocks().forEach(block -> out.append(block(block)));
            out.append("</section>\n");
            if (s == 0) {
                out.append(contents(page.sections()));
            }
        }
        out.append(SCRIPT.formatted(resource("page.js")));
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    /** Links to the sections after the first. */
    private static String contents(List<Section> sections) {
        return sections.stream()
                .skip(1)
                .map(
                        section ->
                                "<li><a href=\"#%s\">%s</a></li>\n"
                                        .formatted(section.anchor(), escape(section.heading())))
                .collect(
                        Collectors.joining(
                                "",
                                "<nav aria-label=\"On this page\">\n<ul>\n",
                                "</ul>\n</nav>\n"));
    }

    /**
     * The beginning of a page, up to its heading.
     *
     * @param title the title
     * @param meta further elements of the head
     * @param style further rules
     */
    static String head(String title, String meta, String style) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + meta
                + "<title>"
                + escape(title)
                + "</title>\n<style>\n"
                + STYLE
                + style
                + "</style>\n</head>\n<body>\n<main>\n<h1>"
                + escape(title)
                + "</h1>\n";
    }

    private static String block(Section.Block block) {
        if (block instanceof Section.Text text) {
            return paragraph(text.text());
        } else if (block instanceof Section.Reading reading) {
            return "<p class=\"how\"><b>How to read it.</b> " + escape(reading.text()) + "</p>\n";
        } else if (block instanceof Section.Answers answers) {
            return answers.answers().stream()
                    .map(HtmlPage::answer)
                    .collect(Collectors.joining("", "<div class=\"answers\">\n", "</div>\n"));
        } else if (block instanceof Section.Grid grid) {
            return table(grid.table());
        } else if (block instanceof Section.Cells cells) {
            return table(cells);
        } else if (block instanceof Section.Gallery gallery) {
            return gallery.pictures().stream()
                    .map(HtmlPage::picture)
                    .collect(Collectors.joining("", "<div class=\"pictures\">\n", "</div>\n"));
        }
        return terms(((Section.Terms) block).terms());
    }

    private static String answer(Section.Answer answer) {
        return "<div class=\"answer\">\n<h3>%s</h3>\n<p class=\"short\">%s</p>\n%s</div>\n"
                .formatted(
                        escape(answer.question()),
                        escape(answer.inShort()),
                        answer.sentences().stream()
                                .map(HtmlPage::paragraph)
                                .collect(Collectors.joining()));
    }

    private static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>\n";
    }

    private static String terms(Map<String, String> terms) {
        return terms.entrySet().stream()
                .map(
                        e ->
                                "<dt>%s</dt><dd>%s</dd>\n"
                                        .formatted(escape(e.getKey()), escape(e.getValue())))
                .collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
    }

    /** A table that has the heading of its section needs no caption that can be seen. */
    private static String table(Section.Cells table) {
        String caption = escape(table.caption());
        StringBuilder out = new StringBuilder();
        out.append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"" + caption)
                .append("\">\n<table>\n<thead><tr>");
        table.head().forEach(cell -> out.append("<th scope=\"col\">" + escape(cell) + "</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr><th scope=\"row\">" + escape(row.get(0)) + "</th>");
            row.stream().skip(1).forEach(cell -> out.append("<td>" + escape(cell) + "</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n</div>\n").toString();
    }

    private static String table(Table table) {
        String caption = escape(table.caption());
        StringBuilder out = new StringBuilder();
        out.append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"" + caption)
                .append("\">\n<table>\n<caption>" + caption + "</caption>\n<thead><tr>")
                .append("<th scope=\"col\"><button type=\"button\">Model</button></th>");
        for (Column column : table.columns()) {
            out.append(
                    "<th scope=\"col\" title=\"%s\"><button type=\"button\">%s</button></th>"
                            .formatted(escape(column.metric().meaning()), escape(column.label())));
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (int r = 0; r < table.rows().size(); r++) {
            Result row = table.rows().get(r);
            out.append(
                    "<tr><th scope=\"row\"><i style=\"background:var(--c%d)\"></i>%s"
                            .formatted(r % Palette.SIZE, escape(row.name())));
            if (!row.settings().isEmpty()) {
                out.append("<small>" + escape(row.settings()) + "</small>");
            }
            out.append("</th>");
            for (Column column : table.columns()) {
                out.append(cell(table, row, column));
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n</div>\n").toString();
    }

    private static String cell(Table table, Result row, Column column) {
        double value = table.value(row, column);
        String deviation = table.deviation(row, column);
        return "<td%s data-value=\"%s\">%s%s</td>"
                .formatted(
                        table.isBest(row, column) ? " class=\"best\"" : "",
                        Double.isFinite(value) ? value : "",
                        escape(table.text(row, column)),
                        deviation.isEmpty() ? "" : "<small>" + deviation + "</small>");
    }

    private static String picture(Picture picture) {
        String image =
                picture.getDrawing()
                        .map(drawing -> Svg.inline(drawing, picture.getTitle()))
                        .orElseGet(
                                () ->
                                        IMAGE.formatted(
                                                Base64.getEncoder().encodeToString(picture.toPng()),
                                                picture.width(),
                                                picture.height(),
                                                escape(picture.getTitle())));
        return FIGURE.formatted(image, escape(picture.getCaption()));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
