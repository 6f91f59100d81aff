/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.inference.Arguments;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
                                "nets.MlpComparison",
                                args,
                                CommandTest::comparison,
                                outStream,
                                errStream)
                        : HarnessCommand.execute(
                                "nets.PackedMlpHarness",
                                args,
                                CommandTest::harness,
                                outStream,
                                errStream);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private static Comparison comparison(Arguments arguments) {
        if (arguments.has("filters")) {
            int filters = arguments.getInt("filters");
            return new Comparison("Conv", () -> convolution(filters), List.of()) {};
        }
        Comparison comparison = TestComparison.of(arguments.getInt("hidden"), 2, packed(8));
        return arguments.has("fails")
                ? comparison.add(TestHarness.failingLater(arguments.getString("fails")))
                : comparison;
    }

    private static Block convolution(int filters) {
        return Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(filters).build();
    }

    /** The network that the names fit, most parameters first. */
    private static Harness harness(Arguments arguments) {
        if (arguments.has("outputs")) {
            int outputs = arguments.getInt("outputs");
            return new Harness(
                    "Broken",
                    () -> {
                        throw new EngineException(outputs + " outputs\nraised by\nnative code");
                    },
                    Recipe.of(PackedForm.of(3))) {};
        }
        if (arguments.has("axis")) {
            int axis = arguments.getInt("axis");
            PackedForm form = PackedForm.of(2);
            return new Harness(
                    "Axes", () -> new Ensemble(form, ofAxis(form, axis)) {}, Recipe.of(form)) {};
        }
        return packed(arguments.getInt("hidden"));
    }

    private static Block ofAxis(PackedForm form, int axis) {
        return new SequentialBlock()
                .add(
                        inputs -> {
                            inputs.head().getShape().get(axis);
                            return inputs;
                        })
                .add(EnsembleLinear.builder(form).setUnits(2).build());
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
    void featuresMayBeIds() throws IOException {
        assertEquals(1, runHarness("--ids"));
        assertOneLineOfError("is no id, a whole number from 0");
        Files.write(csv, Collections.nCopies(20, "0,1,2\n1,0,3"));
        assertEquals(1, runHarness("--ids"));
        assertOneLineOfError("takes numbers, LabeledData.of(float[], ...)");
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
        assertEquals(2, runHarness("--out", csv.toString()));
        assertOneLineOfError("--out is a folder, but " + csv + " is not");
        assertEquals(2, runHarness("--shape", "1,x"));
        assertOneLineOfError("'1,x' is not a shape, such as 1,8,8");
        assertEquals(2, run(false, "--data", csv.toString()));
        assertOneLineOfError("'hidden' is missing; it must be a whole number");
        assertOneLineOfError("--set NAME=VALUE");
        assertEquals(2, runHarness("--set", "hiden=9"));
        assertOneLineOfError(
                "Unknown name 'hiden' in --set; this model knows: axis, hidden, outputs");
        assertEquals(2, runHarness("--version"));
        assertOneLineOfError("--version");
    }

    @Test
    void failuresOfTheEngineAreOneLine() {
        List<String> args = List.of("--data", csv.toString(), "--set", "outputs=2", "--quiet");
        assertEquals(1, run(false, args.toArray(String[]::new)));
        assertOneLineOfError(
                "EngineException: 2 outputs (--stacktrace shows where; models of images need --shape C,H,W)");
        List<String> traced = new ArrayList<>(args);
        traced.add("--stacktrace");
        assertEquals(1, run(false, traced.toArray(String[]::new)));
        assertTrue(err.contains("\tat "), err);
    }

    @Test
    void shapesThatDoNotFitAreOneLine() {
        assertEquals(1, run(true, "--data", csv.toString(), "--set", "filters=2"));
        assertOneLineOfError("The comparison did not start: the row 'plain': ");
        assertOneLineOfError("models of images need --shape C,H,W)");
        String[] args = {"--data", csv.toString(), "--set", "axis=2", "--quiet"};
        assertEquals(1, run(false, args));
        assertOneLineOfError("the model fails on inputs of the shape [(1, 2)]");
        assertOneLineOfError(" (models of images need --shape C,H,W)");
        List<String> shaped = new ArrayList<>(List.of(args));
        shaped.addAll(List.of("--shape", "2,1"));
        assertEquals(1, run(false, shaped.toArray(String[]::new)));
        assertOneLineOfError("flatten the output to [batch, classes]");
        assertFalse(err.contains("--shape"), err);
    }

    @Test
    void aFailedRowLeavesTheReportOfTheOthers() {
        Path report = folder.resolve("report");
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--data",
                                csv.toString(),
                                "--set",
                                "hidden=8",
                                "--set",
                                "fails=late",
                                "--epochs",
                                "1",
                                "--quiet"));
        assertEquals(1, run(true, args.toArray(String[]::new)));
        assertOneLineOfError("failed: out of luck; the table above has the rows before it");
        assertTrue(out.contains("deep ensemble"), out);
        args.addAll(List.of("--out", report.toString()));
        assertEquals(1, run(true, args.toArray(String[]::new)));
        assertOneLineOfError(
                "Error: The row 'late' of the comparison failed: out of luck; the report of the rows"
                        + " before it is in "
                        + report);
        assertTrue(Files.exists(report.resolve("index.html")));
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
        assertTrue(out.contains("Usage: java nets.PackedMlpHarness "), out);
        assertTrue(out.contains("This model takes with --set: axis, hidden, outputs."), out);
        assertTrue(out.contains("--ids "), out);
        assertEquals(0, run(true, "-h"));
        assertTrue(out.contains("EPOCHS (passes"), out);
        assertTrue(out.contains("This model takes with --set: fails, filters, hidden."), out);
        assertTrue(out.contains("Usage: java nets.MlpComparison "), out);
        assertFalse(out.contains("--version"), out);
    }
}
