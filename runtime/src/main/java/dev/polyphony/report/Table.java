/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric.Better;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.evaluate.compare.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Results as rows, metrics as columns, the best value of each column known.
 *
 * @param caption what the table shows
 * @param columns the columns after the name
 * @param rows the rows
 * @param statistics what several runs came to; null if there are none
 */
record Table(String caption, List<Column> columns, List<Result> rows, RunStatistics statistics) {

    /** Leaves out the columns in which no row has a value. */
    Table {
        columns = columns.stream().filter(column -> hasValues(rows, column)).toList();
    }

    /** A table of single runs. */
    Table(String caption, List<Column> columns, List<Result> rows) {
        this(caption, columns, rows, null);
    }

    /** Tells whether a column has a number for any row. */
    static boolean hasValues(List<Result> rows, Column column) {
        return rows.stream().anyMatch(row -> Double.isFinite(column.value().applyAsDouble(row)));
    }

    /** Returns the number of a cell as text: with several seeds, their mean. */
    String text(Result row, Column column) {
        return column.metric().format(value(row, column));
    }

    /**
     * Returns the number of a cell: with several seeds, their mean, or NaN where a seed has none.
     */
    double value(Result row, Column column) {
        if (isOverSeeds(column)) {
            return spread(row, column).map(spread -> column.mean(spread.mean())).orElse(Double.NaN);
        }
        return column.value().applyAsDouble(row);
    }

    /** Returns the standard deviation over seeds as text, empty if there is one seed. */
    String deviation(Result row, Column column) {
        return spread(row, column)
                .map(spread -> "± " + column.metric().format(spread.deviation()))
                .orElse("");
    }

    /** What the seeds of a cell came to, if there are several. */
    private Optional<Spread> spread(Result row, Column column) {
        return isOverSeeds(column)
                ? statistics.getSpread(row.name(), column.figure().orElseThrow())
                : Optional.empty();
    }

    /** Tells whether statistics of several seeds know a column, be it of one row alone. */
    private boolean isOverSeeds(Column column) {
        return statistics != null
                && statistics.isOverSeeds()
                && column.figure().filter(statistics.getFigures()::contains).isPresent();
    }

    /**
     * Tells whether a cell holds the best value of its column. Values that look the same tie: what
     * is not shown is not claimed. A column without a better end, or in which all rows look the
     * same, has no best value.
     */
    boolean isBest(Result row, Column column) {
        OptionalDouble best = best(column);
        return best.isPresent()
                && text(row, column).equals(column.metric().format(best.getAsDouble()));
    }

    private OptionalDouble best(Column column) {
        double[] values =
                rows.stream()
                        .mapToDouble(row -> value(row, column))
                        .filter(value -> !Double.isNaN(value))
                        .toArray();
        long different = Arrays.stream(values).mapToObj(column.metric()::format).distinct().count();
        if (different < 2 || column.metric().better() == Better.NEITHER) {
            return OptionalDouble.empty();
        }
        double best = values[0];
        for (double value : values) {
            best =
                    column.metric().better() == Better.HIGHER
                            ? Math.max(best, value)
                            : Math.min(best, value);
        }
        return OptionalDouble.of(best);
    }
}
