/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir private Path folder;

    private Path csv;
    private String out;
    private String err;

    @BeforeEach
    void writeData() throws IOException {
        LabeledData data = TestData.moons(200, 0.1, 1);
        List<String> lines = new ArrayList<>(List.of("label,x,y"));
        for (int i = 0; i < data.size(); i++) {
            lines.add(
                    data.getLabels()[i]
                            + ","
                            + data.getFeatures()[2 * i]
                            + ","
                            + data.getFeatures()[2 * i + 1]);
        }
        csv = Files.write(folder.resolve("moons.csv"), lines);
    }

    private int run(boolean comparison, String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        int code =
                comparison
                        ? ComparisonCommand.execute(
                                args,
                                arguments ->
                                        TestComparison.of(arguments.getInt("hidden"), 2, packed(8)),
                                outStream,
                                errStream)
                        : HarnessCommand.execute(
                                args,
                                arguments -> packed(arguments.getInt("hidden")),
                                outStream,
                                errStream);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private static Harness packed(int hidden) {
        return TestHarness.of("packed", PackedForm.of(3), hidden, 2);
    }

    private int runHarness(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of("--data", csv.toString(), "--set", "hidden=8", "--epochs", "2"));
        args.addAll(Arrays.asList(more));
        return run(false, args.toArray(String[]::new));
    }

    private void assertOneLineOfError(String message) {
        assertTrue(err.startsWith("Error: "), err);
        assertTrue(err.contains(message), err);
        assertFalse(err.contains("\tat "), err);
        assertTrue(err.lines().count() <= 2, err);
    }

    @Test
    void trainsJudgesAndSaves() {
        Path report = folder.resolve("report");
        assertEquals(0, runHarness("--out", report.toString(), "--batch-size", "16"), err);
        assertTrue(out.contains("Mlp, packed  epoch 2/2  loss "), out);
        assertTrue(out.contains("Accuracy"), out);
        assertTrue(Files.exists(report.resolve("index.html")));
        assertTrue(Files.exists(report.resolve("model/model-0000.params")));
        assertEquals("", err);
    }

    @Test
    void quietShowsTheTableAlone() {
        assertEquals(0, runHarness("--quiet", "--validation", "0"));
        assertFalse(out.contains("epoch"), out);
        assertTrue(out.contains("Accuracy"), out);
    }

    @Test
    void compares() {
        assertEquals(
                0,
                run(
                        true,
                        "--data",
                        csv.toString(),
                        "--set",
                        "hidden=8",
                        "--epochs",
                        "1",
                        "--equal",
                        "UPDATES"),
                err);
        for (String row : new String[] {"plain", "packed", "deep ensemble"}) {
            assertTrue(out.contains(row), out);
        }
    }

    @Test
    void wrongUseIsCodeTwo() {
        assertEquals(2, run(false));
        assertOneLineOfError("--data");
        assertEquals(2, runHarness("--seed", "many"));
        assertOneLineOfError("'many'");
        assertEquals(2, runHarness("--batch-size", "0"));
        assertOneLineOfError("batch size must be at least 1, but was 0");
        assertEquals(2, runHarness("--test", "0.9"));
        assertOneLineOfError("must leave some to train on");
        assertEquals(2, runHarness("--shape", "1,x"));
        assertOneLineOfError("'1,x' is not a shape, such as 1,8,8");
        assertEquals(2, run(false, "--data", csv.toString()));
        assertOneLineOfError("'hidden' is missing; it must be a whole number");
        assertOneLineOfError("--set NAME=VALUE");
    }

    @Test
    void failedWorkIsCodeOne() throws IOException {
        assertEquals(1, run(false, "--data", "none.csv", "--set", "hidden=8"));
        assertOneLineOfError("There is no file");
        Files.writeString(csv, "0,1,2\n1,x,3\n");
        assertEquals(1, runHarness());
        assertOneLineOfError("moons.csv:2: column 2 is not a number: 'x'");
    }

    @Test
    void helpExplainsEveryOption() {
        assertEquals(0, run(false, "--help"));
        for (String option :
                new String[] {
                    "--data", "--shape", "--scale", "--epochs", "--batch-size", "--learning-rate",
                    "--seed", "--validation", "--test", "--out", "--set", "--threads"
                }) {
            assertTrue(out.contains(option + "="), option + " in\n" + out);
        }
        assertEquals(0, run(true, "--help"));
        assertTrue(out.contains("EPOCHS, UPDATES"), out);
    }
}
