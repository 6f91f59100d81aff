/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files beside those that are trained on have their columns, by name where both have names. */
class ColumnNamesTest extends CommandFixture {

    private Path swapped;
    private Path renamed;
    private Path plain;

    /** The same examples as the file that is trained on. */
    @BeforeEach
    void writeOthers() throws IOException {
        swapped = write("swapped.csv", "y,label,x", "$3,$1,$2");
        renamed = write("renamed.csv", "label,x,z", "$1,$2,$3");
        plain = write("plain.csv", null, "$1,$2,$3");
    }

    /** Each line with its fields elsewhere. */
    private Path write(String name, String header, String fields) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<String> written =
                lines.stream()
                        .map(line -> line.replaceAll("(.+),(.+),(.+)", fields))
                        .collect(Collectors.toList());
        if (header == null) {
            written.remove(0);
        } else {
            written.set(0, header);
        }
        return Files.write(folder.resolve(name), written);
    }

    /** The rows of the table that do not depend on the time. */
    private String judged(String... more) {
        String[] args = new String[2 + more.length];
        args[0] = "evaluate";
        args[1] = run.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        assertEquals(0, run(false, args), err);
        return String.join(
                "\n", out.lines().takeWhile(line -> !line.contains("Parameters")).toList());
    }

    @Test
    void evaluateFindsColumnsByName() {
        assertEquals(0, train("--quiet", "--epochs", "4"), err);
        String expected = judged("--data", csv.toString(), "--ood", "far=" + csv);
        assertTrue(expected.contains("Accuracy"), expected);
        assertEquals(expected, judged("--data", swapped.toString(), "--ood", "far=" + swapped));
        assertEquals(expected, judged("--data", plain.toString(), "--ood", "far=" + plain));
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", renamed.toString()));
        assertOneLineOfError("renamed.csv:1: The columns are not those");
        assertOneLineOfError("(missing: y; unknown: z); it takes: label, x, y");
        assertEquals(1, run(false, "evaluate", run.toString(), "--ood", "far=" + renamed));
        assertOneLineOfError("(missing: y; unknown: z); it takes: x, y");
    }

    @Test
    void evaluateFindsTheColumnsOfAComparison() {
        assertEquals(0, compare("--quiet"), err);
        assertEquals(1, run(true, "evaluate", run.toString(), "--data", renamed.toString()));
        assertOneLineOfError("renamed.csv:1: The columns are not those");
    }

    @Test
    void trainFindsColumnsByName() {
        String[] wanted = {"--quiet", "--test", csv.toString(), "--validation", swapped.toString()};
        assertEquals(0, train(wanted), err);
        String expected = quality();
        run = folder.resolve("other");
        String[] same = {"--quiet", "--test", swapped.toString(), "--validation", csv.toString()};
        assertEquals(0, train(same), err);
        assertEquals(expected, quality());
        for (String option : List.of("--test", "--validation")) {
            assertEquals(1, train("--overwrite", option, renamed.toString()));
            assertOneLineOfError("renamed.csv:1: The columns are not those");
        }
        assertEquals(1, train("--overwrite", "--ood", "far=" + renamed));
        assertOneLineOfError("renamed.csv:1: The columns are not those");
    }

    private String quality() {
        return String.join(
                "\n", out.lines().takeWhile(line -> !line.contains("Parameters")).toList());
    }

    /** What a model is not made for has no classes of its. */
    @Test
    void foreignFilesNeedNoClass() throws IOException {
        Path named = write("features.csv", "y,x", "$3,$2");
        Path bare = write("bare.csv", null, "$2,$3");
        assertEquals(0, train("--quiet"), err);
        String expected = judged("--ood", "far=" + csv);
        assertEquals(expected, judged("--ood", "far=" + named));
        assertEquals(expected, judged("--ood", "far=" + bare));
    }

    @Test
    void aWrongLineIsNamedWhereItIs() throws IOException {
        assertEquals(0, train("--quiet"), err);
        Path wrong = write("wrong.csv", "y,label,x", "$3,$1,$2");
        List<String> lines = Files.readAllLines(wrong);
        lines.set(4, "1,0,high");
        Files.write(wrong, lines);
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", wrong.toString()));
        assertOneLineOfError("wrong.csv:5: column 3 is not a number: 'high'");
        lines.set(4, "1,0");
        Files.write(wrong, lines);
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", wrong.toString()));
        assertOneLineOfError("wrong.csv:5: 2 fields, where the header has 3");
        lines.set(4, "1,seven,2");
        Files.write(wrong, lines);
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", wrong.toString()));
        assertOneLineOfError("wrong.csv:5: column 2 is the class, a whole number from 0");
        lines.set(4, "1,7,2");
        Files.write(wrong, lines);
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", wrong.toString()));
        assertOneLineOfError("the model has 2 outputs: " + wrong + ":5 has the class 7");
        lines.set(0, "y,label,y");
        Files.write(wrong, lines);
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", wrong.toString()));
        assertOneLineOfError("wrong.csv:1: Two columns are named 'y'");
    }
}
