/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import dev.polyphony.processor.method.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The table of models and methods, as a page. */
final class Matrix {

    private record Row(ModelEntry model, Case setup) {}

    private final Map<Row, Map<Method, Outcome>> outcomes = new LinkedHashMap<>();

    void put(ModelEntry model, Case setup, Method method, Outcome outcome) {
        outcomes.computeIfAbsent(new Row(model, setup), key -> new LinkedHashMap<>())
                .put(method, outcome);
    }

    /** The table alone. */
    String table() {
        StringBuilder text = new StringBuilder("| model | inputs | m |");
        StringBuilder line = new StringBuilder("|---|---|---|");
        for (Method method : Method.values()) {
            text.append(" `@").append(method.getAnnotation()).append("` |");
            line.append("---|");
        }
        text.append('\n').append(line).append('\n');
        outcomes.forEach(
                (row, cells) -> {
                    text.append("| ").append(title(row)).append(" | ");
                    StringJoiner inputs = new StringJoiner(", ");
                    row.setup().inputs().forEach(shape -> inputs.add(shape.toString()));
                    text.append(inputs).append(" | ").append(row.model().members()).append(" |");
                    for (Method method : Method.values()) {
                        text.append(' ').append(cell(cells.get(method))).append(" |");
                    }
                    text.append('\n');
                });
        return text.toString();
    }

    private static String title(Row row) {
        String setup = row.setup().title();
        return row.model().title() + (setup.isEmpty() ? "" : ", " + setup);
    }

    private static String cell(Outcome outcome) {
        if (outcome == null) {
            return "";
        }
        if (!outcome.failures().isEmpty()) {
            return "**fails**";
        }
        if (!outcome.isRefused()) {
            return "yes";
        }
        return outcome.whole() ? "[`alpha = m`](#refused)" : "[no](#refused)";
    }

    /** The pairs that are refused, each with its way out. */
    String refusals() {
        StringBuilder text = new StringBuilder();
        outcomes.forEach(
                (row, cells) ->
                        cells.forEach(
                                (method, outcome) -> {
                                    for (Finding finding : outcome.findings()) {
                                        text.append(refusal(row, method, outcome, finding));
                                    }
                                }));
        return text.isEmpty()
                ? "None.\n"
                : "| model | annotation | where | why, and what to do |\n|---|---|---|---|\n"
                        + text;
    }

    private static String refusal(Row row, Method method, Outcome outcome, Finding finding) {
        String where =
                finding.code().isEmpty()
                        ? "`initialize`"
                        : "[%1$s](errors.md#%1$s), line %2$d: `%3$s`"
                                .formatted(
                                        finding.code(),
                                        finding.line(),
                                        finding.source().replace("|", "\\|"));
        String stop = finding.message().endsWith(".") ? "" : ".";
        String whole = outcome.whole() ? " **With `alpha = m` all checks pass.**" : "";
        return "| %s | `@%s` | %s | %s%s%s |\n"
                .formatted(
                        title(row),
                        method.getAnnotation(),
                        where,
                        finding.message().replace("|", "\\|"),
                        stop,
                        whole);
    }
}
