/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metric.Better;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Results as rows, metrics as columns, the best value of each column known.
 *
 * @param caption what the table shows
 * @param columns the columns after the name
 * @param rows the rows
 */
record Table(String caption, List<Column> columns, List<Result> rows) {

    /** Returns the number of a cell as text. */
    String text(Result row, Column column) {
        return column.metric().format(column.value().applyAsDouble(row));
    }

    /**
     * Tells whether a cell holds the best value of its column. Values that look the same tie: what
     * is not shown is not claimed. A column without a better end, or with nothing to compare, has
     * no best value.
     */
    boolean isBest(Result row, Column column) {
        OptionalDouble best = best(column);
        return best.isPresent()
                && text(row, column).equals(column.metric().format(best.getAsDouble()));
    }

    private OptionalDouble best(Column column) {
        double[] values =
                rows.stream()
                        .mapToDouble(column.value())
                        .filter(value -> !Double.isNaN(value))
                        .toArray();
        if (values.length < 2 || column.metric().better() == Better.NEITHER) {
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
