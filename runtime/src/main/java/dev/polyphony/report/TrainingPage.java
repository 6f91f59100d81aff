/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.report.chart.Palette;
import java.util.List;
import java.util.Objects;

/**
 * A page on a training while it runs, in one HTML file that needs nothing else and loads itself
 * again until the training is over.
 *
 * @param title what is trained
 * @param status where it stands, a line each
 * @param isRunning whether there is more to come
 * @param plots the curves
 * @param columns the headings of the table
 * @param rows the cells of the table, the name of the row first
 * @param colors the numbers of the colours of the rows, as their curves have them
 */
public record TrainingPage(
        String title,
        List<String> status,
        boolean isRunning,
        List<Plot> plots,
        List<String> columns,
        List<List<String>> rows,
        List<Integer> colors) {

    private static final int SECONDS = 5;

    private static final String STYLE =
            """
            .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem; }
            .plots figure { background: none; border-color: var(--line); padding: .75rem; }
            .plots h2 { margin: 0 0 .25rem; padding: 0; border: 0; font-size: 1rem; }
            .plots figcaption { width: auto; min-width: 0; color: var(--faint); padding: 0; }
            svg { display: block; width: 100%; height: auto; }
            svg text { fill: var(--faint); font-size: 12px; font-variant-numeric: tabular-nums; }
            svg .grid { stroke: var(--line); }
            svg polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
            @media (max-width: 40rem) { svg text { font-size: 15px; } }
            .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 1.5rem 0 .75rem; list-style: none; font-size: .875rem; }
            .legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; vertical-align: -1px; }
            """;

    /**
     * A chart.
     *
     * @param title what it shows
     * @param note how to read it; may be empty
     * @param curves its curves
     */
    public record Plot(String title, String note, List<Curve> curves) {

        /** Copies the list. */
        public Plot {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(note, "note");
            curves = List.copyOf(curves);
        }
    }

    /** Copies the lists; there must be a colour for each row. */
    public TrainingPage {
        Objects.requireNonNull(title, "title");
        status = List.copyOf(status);
        plots = List.copyOf(plots);
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        colors = List.copyOf(colors);
        if (colors.size() != rows.size()) {
            throw new IllegalArgumentException(
                    "There are %d rows, but %d colours".formatted(rows.size(), colors.size()));
        }
    }

    /**
     * Returns the page.
     *
     * @return HTML
     */
    public String toHtml() {
        StringBuilder out = new StringBuilder();
        String reload =
                isRunning
                        ? "<meta http-equiv=\"refresh\" content=\"%d\"/>\n".formatted(SECONDS)
                        : "";
        out.append(HtmlPage.head(title, reload, STYLE));
        out.append("<p>");
        for (int i = 0; i < status.size(); i++) {
            out.append(i == 0 ? "" : "<br/>\n").append(HtmlPage.escape(status.get(i)));
        }
        out.append("</p>\n");
        if (rows.size() > 1) {
            out.append("<ul class=\"legend\">\n");
            for (int i = 0; i < rows.size(); i++) {
                out.append(
                        "<li><i style=\"background: var(--c%d)\"></i>%s</li>\n"
                                .formatted(
                                        colors.get(i) % Palette.SIZE,
                                        HtmlPage.escape(rows.get(i).get(0))));
            }
            out.append("</ul>\n");
        }
        out.append("<div class=\"plots\">\n");
        plots.forEach(plot -> out.append(figure(plot)));
        out.append("</div>\n");
        return out.append(table()).append("</main>\n</body>\n</html>\n").toString();
    }

    private static String figure(Plot plot) {
        return "<figure><h2>%s</h2>\n%s<figcaption>%s</figcaption></figure>\n"
                .formatted(
                        HtmlPage.escape(plot.title()),
                        LineChart.of(plot.title(), plot.curves()),
                        HtmlPage.escape(plot.note()));
    }

    private String table() {
        StringBuilder out = new StringBuilder();
        out.append("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Models\">\n")
                .append("<table>\n<thead><tr>");
        columns.forEach(
                column -> out.append("<th scope=\"col\">" + HtmlPage.escape(column) + "</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr><th scope=\"row\">" + HtmlPage.escape(row.get(0)) + "</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> out.append("<td>" + HtmlPage.escape(cell) + "</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n</div>\n").toString();
    }
}
