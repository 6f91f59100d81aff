/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TerminalTableTest {

    private static List<String> print(List<Result> rows, List<List<Column>> groups) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        TerminalTable.print(
                out,
                "Moons",
                groups.stream().map(columns -> new Table("Moons", columns, rows)).toList());
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Result row(String name, Cost cost) {
        return Samples.result(name, "m = 3", 1, 1, cost);
    }

    @Test
    void smallTableIsAligned() {
        List<Column> costs =
                Stream.of(
                                Metrics.PARAMETERS,
                                Metrics.FORWARD_CALLS,
                                Metrics.TRAINING_TIME,
                                Metrics.INFERENCE_TIME)
                        .map(Column::cost)
                        .toList();
        List<Result> rows =
                List.of(
                        row("Plain", new Cost(900, 1880, 12.25, 1)),
                        row("Deep ensemble", new Cost(1_234_567, 5640, 36, Double.NaN)));
        assertEquals(
                """
                Moons

                                                                 Inference
                                                                  time (ms
                                            Forward   Training         per
                               Parameters     calls   time (s)       1000)
                -----------------------------------------------------------
                Plain                 900*    1,880*      12.3*        1.0
                Deep ensemble   1,234,567     5,640       36.0           -

                * best of its column, to the digits shown\
                """
                        .lines()
                        .toList(),
                print(rows, List.of(costs)));
    }

    @Test
    void wideTablesAreSplitByGroups() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report.Builder builder = Report.builder().setTitle("Moons");
        Samples.results().forEach(builder::addResult);
        builder.build().print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        lines.forEach(line -> assertTrue(line.length() <= 120, line));
        assertEquals(2, lines.stream().filter(line -> line.startsWith("---")).count());
        List<String> mimo = lines.stream().filter(line -> line.startsWith("MIMO")).toList();
        assertTrue(mimo.get(0).contains(" 0.9017 "), mimo.get(0));
        assertTrue(mimo.get(1).contains(" 1,880* "), mimo.get(1));
    }

    @Test
    void tooManyColumnsGoOnBelow() {
        Metric metric = new Metric("x", "Somewhat long title", "", Metric.Better.NEITHER, 4, "X.");
        List<Column> columns =
                IntStream.range(0, 20)
                        .mapToObj(i -> new Column(metric, "Title " + i, r -> i))
                        .toList();
        String name = "A name that is longer than any table can bear";
        List<String> lines = print(List.of(row(name, new Cost(1, 1, 1, 1))), List.of(columns));
        lines.forEach(line -> assertTrue(line.length() <= 120, line));
        String all = String.join(" ", lines);
        IntStream.range(0, 20).forEach(i -> assertTrue(all.contains(i + ".0000"), all));
        assertTrue(all.contains("A name that is longer than any ta... "), all);
    }
}
