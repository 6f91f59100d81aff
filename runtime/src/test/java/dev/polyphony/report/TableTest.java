/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metric.Better;
import dev.polyphony.evaluate.Metrics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final double NONE = Double.NaN;

    /** The rows that are marked as best, given their training seconds. */
    private static List<Integer> best(Better better, double... seconds) {
        Metric metric = new Metric("time", "Time", "s", better, 1, "Time.");
        Column column = new Column(metric, "Time (s)", row -> row.cost().trainingSeconds());
        List<Result> rows =
                IntStream.range(0, seconds.length)
                        .mapToObj(r -> Samples.result("r" + r, "", 1, 1, cost(seconds[r])))
                        .toList();
        Table table = new Table("Times", List.of(column), rows);
        return IntStream.range(0, rows.size())
                .filter(r -> table.isBest(rows.get(r), column))
                .boxed()
                .toList();
    }

    private static Cost cost(double seconds) {
        return new Cost(1, 1, seconds, NONE);
    }

    @Test
    void bestIsAtTheBetterEnd() {
        assertEquals(List.of(1), best(Better.LOWER, 3, 1, 2));
        assertEquals(List.of(0), best(Better.HIGHER, 3, 1, 2));
        assertEquals(List.of(), best(Better.NEITHER, 3, 1, 2));
    }

    @Test
    void whatLooksTheSameTies() {
        assertEquals(List.of(0, 2), best(Better.LOWER, 1.04, 1.06, 0.96));
    }

    @Test
    void missingValuesAndSingleRowsDoNotWin() {
        assertEquals(List.of(2), best(Better.LOWER, NONE, 2, 1));
        assertEquals(List.of(), best(Better.LOWER, NONE, 1));
        assertEquals(List.of(), best(Better.LOWER, 1));
    }

    @Test
    void columnsGiveTheirNumbers() {
        Result result = Samples.results().get(1);
        double accuracy = result.evaluation().getValue(Metrics.ACCURACY);
        assertEquals(accuracy, Column.quality(Metrics.ACCURACY).value().applyAsDouble(result));
        assertEquals(1 - accuracy, Column.errorRate().value().applyAsDouble(result));
        assertEquals(14.8, Column.cost(Metrics.TRAINING_TIME).value().applyAsDouble(result));
        assertEquals("Training time (s)", Column.cost(Metrics.TRAINING_TIME).label());
    }
}
