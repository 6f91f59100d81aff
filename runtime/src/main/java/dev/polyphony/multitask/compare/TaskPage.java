/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.compare;

import dev.polyphony.multitask.compare.TaskPictures.TaskPicture;
import dev.polyphony.report.chart.Palette;
import dev.polyphony.report.chart.Svg;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The page of a report: one HTML file that needs nothing else. */
final class TaskPage {

    private static final String COLORS = "--ink: %s; --faint: %s; --line: %s; --paper: %s; %s";

    private static final String STYLE =
            """
            :root { %s color-scheme: light dark; }
            @media (prefers-color-scheme: dark) { :root { %s } }
            body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; background: var(--paper);
              color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            div.table { overflow-x: auto; }
            th, td { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid var(--line);
              white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; }
            p.note { color: var(--faint); max-width: 46rem; }
            div.pictures { display: flex; flex-wrap: wrap; gap: 1rem; }
            dt { font-weight: 600; } dd { margin: 0 0 .4rem; }
            """
                            .formatted(
                                    COLORS.formatted(
                                            "#1b1b1b",
                                            "#5f6368",
                                            "#dadce0",
                                            "#ffffff",
                                            Palette.properties(false)),
                                    COLORS.formatted(
                                            "#e8e8e8",
                                            "#9aa0a6",
                                            "#3c4043",
                                            "#16181c",
                                            Palette.properties(true)))
                    + Svg.style();

    private TaskPage() {}

    static String of(TaskReport report, List<TaskPicture> pictures) {
        StringBuilder out = new StringBuilder();
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<title>").append(escape(report.getName())).append("</title>\n<style>\n");
        out.append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
        out.append("<h1>").append(escape(report.getName())).append("</h1>\n<dl>\n");
        report.facts()
                .forEach(
                        (label, fact) ->
                                out.append(
                                        "<dt>%s</dt><dd>%s</dd>\n"
                                                .formatted(escape(label), escape(fact))));
        out.append("</dl>\n");
        Set<String> left = new LinkedHashSet<>();
        pictures.forEach(picture -> left.add(picture.section()));
        for (TaskTables.Table table : new TaskTables(report).all()) {
            out.append("<h2>").append(escape(table.title())).append("</h2>\n");
            out.append(table(table));
            out.append("<p class=\"note\">").append(emphasized(table.note())).append("</p>\n");
            out.append(figures(table.title(), pictures));
            left.remove(table.title());
        }
        for (String section : left) {
            out.append("<h2>").append(escape(section)).append("</h2>\n");
            out.append(figures(section, pictures));
        }
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String table(TaskTables.Table table) {
        StringBuilder out = new StringBuilder("<div class=\"table\"><table>\n<thead><tr>");
        table.head().forEach(cell -> out.append("<th>").append(escape(cell)).append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(escape(cell)).append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }

    private static String figures(String section, List<TaskPicture> pictures) {
        StringBuilder out = new StringBuilder();
        pictures.stream()
                .filter(picture -> picture.section().equals(section))
                .map(picture -> Svg.inline(picture.drawing(), picture.title()))
                .forEach(out::append);
        return out.length() == 0 ? "" : "<div class=\"pictures\">\n" + out + "</div>\n";
    }

    /** Text whose words between stars are emphasized, as in Markdown. */
    private static String emphasized(String text) {
        return escape(text).replaceAll("\\*([^*]+)\\*", "<em>$1</em>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
