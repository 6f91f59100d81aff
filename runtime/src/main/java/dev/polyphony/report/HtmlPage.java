/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** The page as one HTML file that needs nothing else: styles and pictures are inside. */
final class HtmlPage {

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ink: #22262b; --faint: #5a6270; --paper: #fff; --line: #d9dde3;
              --best: #e4f1e6; --best-ink: #10562a; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --faint: #a3abb8; --paper: #16191d;
              --line: #363c45; --best: #183824; --best-ink: #a9e2bb; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 80rem; color: var(--ink); background: var(--paper);
              font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            h1 { font-size: 1.8rem; line-height: 1.2; margin: .5rem 0 1rem; }
            h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
            p, dl { max-width: 48rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 1rem 0; }
            dt { font-weight: 600; }
            dd { margin: 0; }
            .table { overflow-x: auto; margin: 1rem 0; }
            .table:focus-visible { outline: 2px solid #0072b2; outline-offset: 2px; }
            table { border-collapse: collapse; font-size: .8125rem; font-variant-numeric: tabular-nums; }
            caption { text-align: left; color: var(--faint); padding-bottom: .4rem; }
            th, td { padding: .4rem .45rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: baseline; }
            thead th { vertical-align: bottom; font-weight: 600; line-height: 1.25; }
            tbody th, thead th:first-child { text-align: left; font-weight: 600; position: sticky; left: 0; background: var(--paper); }
            tbody th small { display: block; color: var(--faint); font-weight: 400; }
            td.best { font-weight: 700; background: var(--best); color: var(--best-ink); }
            .pictures { display: flex; flex-wrap: wrap; gap: 1rem; }
            figure { margin: 0; flex: 0 1 auto; max-width: 100%; background: #fff; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
            figure img { display: block; max-width: 100%; height: auto; }
            figcaption { color: #5a6270; font-size: .8125rem; line-height: 1.4; padding: 0 .9rem .8rem; width: 0; min-width: 100%; }
            @media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .7rem; } }
            """;

    private static final String PICTURE =
            "<figure><img src=\"data:image/png;base64,%s\" width=\"%d\" height=\"%d\""
                    + " alt=\"%s\"/><figcaption>%s</figcaption></figure>\n";

    private HtmlPage() {}

    static String of(Page page) {
        StringBuilder out = new StringBuilder();
        out.append(head(page.title(), "", ""));
        if (!page.introduction().isEmpty()) {
            out.append(paragraph(page.introduction()));
        }
        for (Section section : page.sections()) {
            out.append("<section>\n<h2>" + escape(section.heading()) + "</h2>\n");
            section.blocks().forEach(block -> out.append(block(block)));
            out.append("</section>\n");
        }
        return out.append("</main>\n</body>\n</html>\n").toString();
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
        } else if (block instanceof Section.Grid grid) {
            return table(grid.table());
        } else if (block instanceof Section.Gallery gallery) {
            return gallery.pictures().stream()
                    .map(HtmlPage::picture)
                    .collect(Collectors.joining("", "<div class=\"pictures\">\n", "</div>\n"));
        }
        return terms(((Section.Terms) block).terms());
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

    private static String table(Table table) {
        String caption = escape(table.caption());
        StringBuilder out = new StringBuilder();
        out.append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"" + caption)
                .append("\">\n<table>\n<caption>" + caption + "</caption>\n<thead><tr>")
                .append("<th scope=\"col\">Method</th>");
        for (Column column : table.columns()) {
            out.append(
                    "<th scope=\"col\" title=\"%s\">%s</th>"
                            .formatted(escape(column.metric().meaning()), escape(column.label())));
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (Result row : table.rows()) {
            out.append("<tr><th scope=\"row\">" + escape(row.name()));
            if (!row.settings().isEmpty()) {
                out.append("<small>" + escape(row.settings()) + "</small>");
            }
            out.append("</th>");
            for (Column column : table.columns()) {
                out.append(table.isBest(row, column) ? "<td class=\"best\">" : "<td>")
                        .append(escape(table.text(row, column)) + "</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n</div>\n").toString();
    }

    private static String picture(Picture picture) {
        return PICTURE.formatted(
                Base64.getEncoder().encodeToString(picture.png()),
                picture.width(),
                picture.height(),
                escape(picture.title()),
                escape(picture.caption()));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
