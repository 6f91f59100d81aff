/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.files.CsvField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All numbers for a spreadsheet or a data frame, one a line: {@code
 * row,seed,set,score,metric,value}. The set and the score are empty but for out-of-distribution
 * detection; the seed is empty where it is not known; a number that there is not is an empty cell.
 */
final class CsvTable {

    private static final String HEAD = "row,seed,set,score,metric,value\n";

    private CsvTable() {}

    static String of(Report report) {
        StringBuilder out = new StringBuilder(HEAD);
        RunStatistics statistics = report.getStatistics().orElse(null);
        for (Result row : report.getResults()) {
            for (Map.Entry<Figure, Double> value :
                    Figure.getValues(row.evaluation(), row.cost()).entrySet()) {
                List<Double> values =
                        statistics == null
                                ? List.of()
                                : statistics
                                        .getSpread(row.name(), value.getKey())
                                        .map(spread -> spread.values())
                                        .orElse(List.of());
                if (values.isEmpty()) {
                    out.append(line(row, "", value.getKey(), value.getValue()));
                }
                for (int s = 0; s < values.size(); s++) {
                    String seed = String.valueOf(statistics.getSeeds().get(s));
                    out.append(line(row, seed, value.getKey(), values.get(s)));
                }
            }
        }
        return out.toString();
    }

    private static String line(Result row, String seed, Figure figure, double value) {
        List<String> cells = new ArrayList<>();
        cells.add(row.name());
        cells.add(seed);
        cells.add(figure.set());
        cells.add(score(row.task(), figure));
        cells.add(figure.metric().key());
        cells.add(Double.isFinite(value) ? number(value) : "");
        return String.join(",", cells.stream().map(CsvField::quote).toList()) + "\n";
    }

    /** The score that a foreign set is told apart by; empty for other figures. */
    static String score(Task task, Figure figure) {
        return figure.set().isEmpty()
                ? ""
                : figure.score().map(UncertaintyScore::getKey).orElse(task.getMainScore());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
