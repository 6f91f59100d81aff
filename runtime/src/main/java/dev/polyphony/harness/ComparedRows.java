/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.report.Picture;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the rows of a comparison as they are done, and makes the report. */
final class ComparedRows {

    private final String reference;
    private final int rows;
    private final boolean isOneSeed;
    private final Report.Builder report;
    private final List<Picture> maps = new ArrayList<>();
    private final Map<Integer, Map<String, Run>> runs = new LinkedHashMap<>();

    /** What the statistics need of a row: not the whole evaluation, of which there may be many. */
    private record Run(Map<Figure, Double> values, JudgedRow row) {}

    /**
     * Creates a collection.
     *
     * @param report the report, with its title and the facts about all rows
     * @param reference the row that the others are compared with
     * @param rows the number of rows of each seed
     * @param seeds the number of seeds
     */
    ComparedRows(Report.Builder report, String reference, int rows, int seeds) {
        this.report = report;
        this.reference = reference;
        this.rows = rows;
        isOneSeed = seeds == 1;
    }

    /** Adds a row; those of the first seed are shown, and of all seeds what they come to. */
    void add(int seed, JudgedRow row) {
        Map<String, Run> ofSeed = runs.computeIfAbsent(seed, key -> new LinkedHashMap<>());
        Result result = row.result();
        ofSeed.put(result.name(), new Run(getValues(row), isOneSeed ? row : null));
        if (runs.size() == 1) {
            report.addResult(result);
            report.addFact("Recipe of " + result.name(), row.description().recipe());
            Facts.addIntervals(report, result);
            row.map().ifPresent(maps::add);
        }
    }

    private static Map<Figure, Double> getValues(JudgedRow row) {
        Map<Figure, Double> values =
                Figure.getValues(row.result().evaluation(), row.result().cost());
        row.beyond().getValues().forEach((metric, value) -> values.put(Figure.of(metric), value));
        return values;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Makes the report, with statistics of the seeds of which all rows are done. */
    Report build() {
        if (!maps.isEmpty()) {
            report.addPictures("Decision boundaries", maps);
        }
        RunStatistics.Builder statistics = RunStatistics.builder().setReference(reference);
        boolean isAny = false;
        for (Map.Entry<Integer, Map<String, Run>> ofSeed : runs.entrySet()) {
            if (ofSeed.getValue().size() == rows) {
                isAny = true;
                ofSeed.getValue()
                        .forEach(
                                (row, run) ->
                                        statistics.add(
                                                row,
                                                ofSeed.getKey(),
                                                run.values(),
                                                run.row() == null ? null : run.row().examples()));
            }
        }
        if (isAny && rows > 1) {
            report.optStatistics(statistics.build());
        }
        return report.build();
    }
}
