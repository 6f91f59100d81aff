/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.samples.spark.score.TestModels;
import dev.polyphony.samples.spark.session.Sessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSampleTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] texts = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        return SparkSample.execute(new PrintWriter(out, true), new PrintWriter(err, true), texts);
    }

    /** A table with a header; a pixel is a number, or what is put in its place. */
    private Path csv(String name, int rows, Map<Integer, String> lines) throws IOException {
        List<String> all = new ArrayList<>();
        all.add(
                "id,"
                        + IntStream.range(0, 64)
                                .mapToObj(i -> "p" + i)
                                .collect(Collectors.joining(",")));
        for (int id = 0; id < rows; id++) {
            int row = id;
            String line =
                    IntStream.range(0, 64)
                            .mapToObj(i -> Integer.toString((row + i) % 17))
                            .collect(Collectors.joining(","));
            all.add(id + "," + lines.getOrDefault(id, line).replace("...", line));
        }
        return Files.write(folder.resolve(name), all);
    }

    @Test
    void everyCommandExplainsItsOptions() {
        for (String command : List.of("demo", "score", "search", "members", "benchmark")) {
            assertEquals(0, run(command, "--help"), command);
            assertEquals("", err.toString(), command);
            assertTrue(out.toString().startsWith("Usage: run " + command + " ["), out::toString);
            assertTrue(out.toString().contains("  --out=DIR"), out::toString);
        }
    }

    @Test
    void aWrongCallIsOneLine() {
        assertEquals(2, run("search", "--trials", "many"));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("Error: Invalid value"), err::toString);
        assertTrue(
                err.toString().endsWith("See run search --help." + System.lineSeparator()),
                err::toString);
        assertEquals(2, run());
        assertTrue(err.toString().contains("Say a command: demo, "), err::toString);
    }

    @Test
    void scoresATableAndCountsWhatIsRejected() throws IOException {
        Path model = TestModels.classes(folder.resolve("model"));
        Path table =
                csv("table.csv", 500, Map.of(3, "1,2,3", 4, "...,9", 400, "ink" + ",0".repeat(63)));
        Path scored = folder.resolve("scored");
        Object[] call = {"score", "--model", model, "--data", table, "--out", scored};
        assertEquals(0, run(call), err::toString);
        List<String> lines = out.toString().lines().map(String::strip).toList();
        assertEquals("497 rows scored, 3 rejected: " + scored, lines.get(0));
        assertEquals("2  the line has more or fewer fields than the header", lines.get(1));
        assertEquals("1  column 'p0' is no number: 'ink'", lines.get(2));
        assertEquals(3, lines.size());
        assertEquals("", err.toString());
        try (SparkSession spark = Sessions.open("local[1]", Map.of())) {
            List<Row> rows = spark.read().parquet(scored.toString()).collectAsList();
            assertEquals(500, rows.stream().map(row -> row.getAs("id")).distinct().count());
            Row kept =
                    rows.stream()
                            .filter(row -> "4".equals(row.getAs("id")))
                            .findFirst()
                            .orElseThrow();
            assertTrue(kept.<String>getAs("_malformed").endsWith(",9"), "nothing is lost");
            assertEquals("rejected", kept.getAs("outcome"));
        }
        assertEquals(1, run(call));
        assertTrue(err.toString().contains(scored + " is there already"), err::toString);
    }

    @Test
    void quotedFieldsMayGoOverLines() throws IOException {
        Path model = TestModels.classes(folder.resolve("model"));
        String pixels =
                IntStream.range(0, 64).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
        Path table = folder.resolve("notes.csv");
        Files.writeString(table, "note," + pixels + "\n\"two\nlines\"" + ",7".repeat(64) + "\n");
        Path scored = folder.resolve("scored");
        Object[] call = {"score", "--model", model, "--data", table, "--out", scored};
        assertEquals(0, run(call), err::toString);
        assertTrue(out.toString().startsWith("1 rows scored, 1 rejected: "), "cut at the line");
        Object[] whole = Arrays.copyOf(call, call.length + 2);
        whole[call.length] = "--format=multiline";
        whole[call.length + 1] = "--overwrite";
        assertEquals(0, run(whole), err::toString);
        assertTrue(out.toString().startsWith("1 rows scored, 0 rejected: "), out::toString);
        try (SparkSession spark = Sessions.open("local[1]", Map.of())) {
            Row row = spark.read().parquet(scored.toString()).collectAsList().get(0);
            assertEquals("two\nlines", row.getAs("note"));
        }
    }

    @Test
    void saysInALineWhatIsWrong() throws IOException {
        Path model = TestModels.classes(folder.resolve("model"));
        Path table = csv("table.csv", 3, Map.of());
        Path empty = csv("empty.csv", 0, Map.of());
        Path out = folder.resolve("out");
        assertEquals(1, run("score", "--model", folder, "--data", table, "--out", out));
        assertError("Error: " + folder + " is no model folder, as it has no model.json");
        assertEquals(1, run("score", "--model", model, "--data", folder + "/x.csv", "--out", out));
        assertError("Error: There is no table " + folder + "/x.csv");
        assertEquals(1, run("score", "--model", model, "--data", empty, "--out", out));
        assertError("Error: The table " + empty + " has no rows");
        assertEquals(
                1,
                run("score", "--model", model, "--data", table, "--format=parquet", "--out", out));
        assertError("Error: The table " + table + " cannot be read as PARQUET");
        Files.writeString(folder.resolve("other.csv"), "id,p0\n1,2\n");
        assertEquals(
                1, run("score", "--model", model, "--data", folder + "/other.csv", "--out", out));
        assertError("Error: The table lacks 63 of the 64 columns that the model takes: p1, p2, ");
        assertEquals(2, run("score", "--model", model));
        assertTrue(err.toString().startsWith("Error: Missing required options"), err::toString);
        assertEquals(2, run());
        assertTrue(Files.notExists(out), "nothing is written");
    }

    @Test
    void aTableIsNotReplacedByItsAnswers() throws IOException {
        Path model = TestModels.classes(folder.resolve("model"));
        Path days = Files.createDirectory(folder.resolve("all days"));
        Path table = Files.copy(csv("table.csv", 3, Map.of()), days.resolve("day.csv"));
        for (String data : List.of(table.toString(), days + "/*.csv")) {
            assertEquals(
                    1,
                    run("score", "--model", model, "--data", data, "--out", days, "--overwrite"));
            assertError("Error: " + days + " has the table that is scored");
        }
        assertTrue(Files.exists(table));
        Object[] call = {
            "score", "--model", model, "--data", table, "--out", days + "2", "--overwrite"
        };
        assertEquals(0, run(call), err::toString);
        assertEquals(0, run(call), err::toString);
    }

    private void assertError(String beginning) {
        assertTrue(err.toString().startsWith(beginning), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void theDemoScoresAGeneratedTable() {
        Path demo = folder.resolve("demo");
        assertEquals(0, run("demo", "--rows", 20_000, "--out", demo), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertEquals("19,998 rows scored, 2 rejected: " + demo.resolve("scored"), lines.get(0));
        String last = lines.get(lines.size() - 1);
        assertTrue(
                last.matches("The digit is right in 9\\d\\.\\d % of them; mean entropy .*"), last);
    }
}
