/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Comparison;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TestHarness;
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
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir private Path folder;

    private Path csv;
    private Path run;
    private String out;
    private String err;

    @BeforeEach
    void writeData() throws IOException {
        run = folder.resolve("run");
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

    private int train(String... more) {
        return train(false, 2, more);
    }

    private int compare(String... more) {
        return train(true, 1, more);
    }

    /** Trains with some options and, where they are not given, usual ones. */
    private int train(boolean comparison, int epochs, String... more) {
        List<String> args = new ArrayList<>(List.of("train"));
        args.addAll(Arrays.asList(more));
        Map<String, Object> usual =
                Map.of("--data", csv, "--set", "hidden=8", "--epochs", epochs, "--out", run);
        usual.forEach(
                (option, value) -> {
                    if (!args.contains(option) || option.equals("--set")) {
                        args.addAll(List.of(option, value.toString()));
                    }
                });
        return run(comparison, args.toArray(String[]::new));
    }

    private void assertOneLineOfError(String message) {
        assertTrue(err.contains("Error: "), err);
        String error = err.substring(err.indexOf("Error: "));
        assertTrue(error.contains(message), err);
        assertFalse(error.contains("\tat "), err);
        assertTrue(error.lines().count() <= 2, err);
    }

    @Test
    void trainsJudgesAndSaves() throws IOException {
        assertEquals(0, train("--batch-size", "16", "--schedule", "cosine"), err);
        assertTrue(err.contains("Mlp, packed  epoch 2/2  loss "), err);
        assertTrue(err.contains("To go on after a stop: java nets.PackedMlpHarness resume"), err);
        assertTrue(out.contains("Accuracy"), out);
        assertFalse(out.contains("epoch"), out);
        assertTrue(Files.exists(run.resolve("index.html")));
        assertTrue(Files.exists(run.resolve("model/model-0000.params")));
        List<String> history = Files.readAllLines(run.resolve("history.csv"));
        assertEquals(3, history.size());
        assertTrue(history.get(0).endsWith("learning rate,seconds"), history.get(0));
        // half a cosine from 0.001 to 0 in 2 epochs of 9 steps, of which the 9th is at 8 / 18
        double rate = 0.001 * (1 + Math.cos(Math.PI * 8 / 18)) / 2;
        String[] cells = history.get(1).split(",");
        assertEquals(rate, Double.parseDouble(cells[cells.length - 2]), 1e-9);
        assertTrue(Files.readString(run.resolve("history.json")).contains("\"epoch\": 2"));
        assertTrue(Files.readString(run.resolve("training.html")).contains("<polyline"));
    }

    @Test
    void doesNotTrainOverARun() {
        assertEquals(0, train("--quiet"), err);
        assertEquals(2, train("--quiet"));
        assertOneLineOfError("has a run: go on with it by 'resume " + run + "'");
    }

    @Test
    void goesOnWithARunThatIsOver() {
        assertEquals(0, train(), err);
        String table = out;
        assertEquals(0, run(false, "resume", run.toString()), err);
        assertTrue(err.contains("finished already, after epoch 2"), err);
        // all but what depends on the time
        assertEquals(table.split(" ").length, out.split(" ").length);
        assertEquals(quality(table), quality(out));
    }

    private static List<String> quality(String table) {
        return table.lines().takeWhile(line -> !line.contains("Parameters")).toList();
    }

    @Test
    void goesOnForLonger() throws IOException {
        assertEquals(0, train("--quiet"), err);
        assertEquals(0, run(false, "resume", run.toString(), "--epochs", "4"), err);
        assertTrue(err.contains("resumed after epoch 2 "), err);
        List<String> history = Files.readAllLines(run.resolve("history.csv"));
        assertEquals(5, history.size(), history.toString());
        Path straight = folder.resolve("straight");
        assertEquals(0, train("--quiet", "--epochs", "4", "--out", straight.toString()), err);
        for (int i = 1; i < 5; i++) {
            assertEquals(
                    losses(Files.readAllLines(straight.resolve("history.csv")).get(i)),
                    losses(history.get(i)));
        }
    }

    /** A line without the seconds. */
    private static String losses(String line) {
        return line.substring(0, line.lastIndexOf(','));
    }

    @Test
    void knowsWhetherDataAreTheSame() throws IOException {
        assertEquals(0, train("--quiet"), err);
        Path moved = Files.move(csv, folder.resolve("moved.csv"));
        assertEquals(1, run(false, "resume", run.toString()));
        assertOneLineOfError("There is no file " + csv);
        assertEquals(0, run(false, "resume", run.toString(), "--data", moved.toString()), err);
        List<String> lines = Files.readAllLines(moved);
        Collections.swap(lines, 1, 150);
        Files.write(moved, lines);
        assertEquals(1, run(false, "resume", run.toString(), "--data", moved.toString()));
        assertTrue(err.contains("test data are not those of the run") || err.contains("checksum"));
    }

    @Test
    void judgesARunAgain() throws IOException {
        Path foreign = folder.resolve("far.csv");
        Files.writeString(foreign, "0,9,9\n0,-9,9\n0,9,-9\n");
        assertEquals(0, train("--quiet", "--ood", "far away=" + foreign), err);
        assertTrue(out.contains("AUROC"), out);
        String table = out;
        assertEquals(0, run(false, "evaluate", run.toString()), err);
        assertEquals(quality(table), quality(out));
        assertEquals("", err);
        Path report = folder.resolve("judged");
        String[] args = {
            "evaluate", run.toString(), "--data", csv.toString(), "--out", report.toString()
        };
        assertEquals(0, run(false, args), err);
        assertTrue(Files.readString(report.resolve("report.md")).contains("200 examples to test"));
        assertEquals(1, run(false, "evaluate", run.toString(), "--data", "none.csv"));
        assertOneLineOfError("There is no file none.csv");
        assertEquals(2, run(false, "evaluate", folder.toString()));
        assertOneLineOfError("There is no run in ");
    }

    @Test
    void describesBeforeTraining() {
        assertEquals(0, run(false, "describe", "--shape", "2", "--set", "hidden=8"), err);
        assertEquals("", err);
        // m = 3, alpha = 2: members of width ceil(8 * 2 / 3) = 6; 2-8-8-2 has 18+6 more
        String[] lines = out.lines().map(String::strip).toArray(String[]::new);
        assertEquals("Mlp, packed: m = 3, alpha = 2, gamma = 1", lines[0]);
        assertTrue(out.contains("Linear(8)  input"), out);
        assertTrue(out.contains("deep ensemble of 3"), out);
        assertEquals(2, run(false, "describe", "--set", "hidden=8"));
        assertOneLineOfError("give --shape, such as --shape 1,8,8, or --data FILE");
        String[] args = {"describe", "--data", csv.toString(), "--set", "hidden=8"};
        assertEquals(0, run(true, args), err);
        assertTrue(out.contains("deep ensemble  m = 3"), out);
    }

    @Test
    void featuresMayBeIds() throws IOException {
        assertEquals(1, train("--ids"));
        assertOneLineOfError("is no id, a whole number from 0");
        Files.write(csv, Collections.nCopies(20, "0,1,2\n1,0,3"));
        assertEquals(1, train("--ids"));
        assertOneLineOfError("takes numbers, LabeledData.of(float[], ...)");
    }

    @Test
    void filesMayBeGivenForEachPart() throws IOException {
        Path test = Files.copy(csv, folder.resolve("test.csv"));
        assertEquals(
                0,
                train("--quiet", "--validation", test.toString(), "--test", test.toString()),
                err);
        String page = Files.readString(run.resolve("report.md"));
        assertTrue(page.contains("200 examples to train, 200 to validate, 200 to test"), page);
    }

    @Test
    void quietShowsTheTableAlone() {
        assertEquals(0, train("--quiet", "--validation", "0"));
        assertEquals("", err);
        assertTrue(out.contains("Accuracy"), out);
    }

    @Test
    void comparesAndGoesOn() throws IOException {
        assertEquals(0, compare("--equal", "UPDATES"), err);
        String table = out;
        for (String row : new String[] {"plain", "packed", "deep ensemble"}) {
            assertTrue(out.contains(row), out);
        }
        assertTrue(Files.exists(run.resolve("model/deep-ensemble")));
        assertEquals(4, Files.readAllLines(run.resolve("history.csv")).size());
        assertEquals(0, run(true, "resume", run.toString()), err);
        assertEquals(quality(table), quality(out));
        assertEquals(0, run(true, "evaluate", run.toString()), err);
        assertEquals(quality(table), quality(out));
    }

    @Test
    void wrongUseIsCodeTwo() {
        assertEquals(2, run(false));
        assertOneLineOfError("train, resume, evaluate or describe");
        assertEquals(2, run(false, "--data", csv.toString()));
        assertOneLineOfError("train, resume, evaluate or describe");
        assertEquals(2, run(false, "trian"));
        assertOneLineOfError("train, resume, evaluate or describe");
        assertEquals(2, run(false, "train"));
        assertOneLineOfError("--data");
        assertEquals(2, train("--seed", "many"));
        assertOneLineOfError("'many'");
        assertEquals(2, train("--batch-size", "0"));
        assertOneLineOfError("batch size must be at least 1, but was 0");
        assertEquals(2, train("--test", "0.9"));
        assertOneLineOfError("must leave some to train on");
        assertEquals(2, train("--out", csv.toString()));
        assertOneLineOfError("--out is a folder, but " + csv + " is not");
        assertEquals(2, train("--shape", "1,x"));
        assertOneLineOfError("'1,x' is not a shape, such as 1,8,8");
        assertEquals(2, train("--schedule", "cosin"));
        assertOneLineOfError("'cosin' is no schedule: use constant, cosine");
        assertEquals(2, train("--checkpoint-every", "often"));
        assertOneLineOfError("'often' is no interval, such as 30s");
        assertEquals(2, run(false, "train", "--data", csv.toString(), "--out", run.toString()));
        assertOneLineOfError("'hidden' is missing; it must be a whole number");
        assertOneLineOfError("--set NAME=VALUE");
        assertEquals(2, train("--set", "hiden=9"));
        assertOneLineOfError(
                "Unknown name 'hiden' in --set; this model knows: axis, hidden, outputs");
        assertEquals(2, train("--version"));
        assertOneLineOfError("--version");
        assertEquals(2, run(false, "resume", folder.toString()));
        assertOneLineOfError("There is no run in " + folder + ": train one with --out");
        assertFalse(Files.exists(run), "a wrong call leaves nothing behind");
    }

    @Test
    void aBrokenRunFileIsOneLine() throws IOException {
        assertEquals(0, train("--quiet"), err);
        Path file = run.resolve("run.json");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        assertEquals(1, run(false, "resume", run.toString()));
        assertOneLineOfError("run.json is not what train wrote");
        Files.writeString(file, text.replace("\"--epochs\"", "\"--epoch\""));
        assertEquals(2, run(false, "resume", run.toString()));
        assertOneLineOfError("run.json cannot be used: Unknown option: '--epoch=2'");
    }

    @Test
    void failuresOfTheEngineAreOneLine() {
        String[] values = {"--set", "outputs=2", "--quiet", "--out", run.toString()};
        List<String> args = new ArrayList<>(List.of("train", "--data", csv.toString()));
        args.addAll(List.of(values));
        assertEquals(1, run(false, args.toArray(String[]::new)));
        assertOneLineOfError(
                "EngineException: 2 outputs (--stacktrace shows where; models of images need --shape C,H,W)");
        args.add("--stacktrace");
        assertEquals(1, run(false, args.toArray(String[]::new)));
        assertTrue(err.contains("\tat "), err);
    }

    @Test
    void shapesThatDoNotFitAreOneLine() {
        String[] wrong = {
            "train", "--data", csv.toString(), "--set", "filters=2", "--out", run.toString()
        };
        assertEquals(1, run(true, wrong));
        assertOneLineOfError("The comparison did not start: the row 'plain': ");
        assertOneLineOfError("models of images need --shape C,H,W)");
        String[] args = {
            "train", "--data", csv.toString(), "--set", "axis=2", "--quiet", "--out", run.toString()
        };
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
        assertEquals(1, compare("--set", "fails=late", "--quiet"));
        assertTrue(out.contains("deep ensemble"), out);
        assertOneLineOfError(
                "Error: The row 'late' of the comparison failed: out of luck; the report of the rows"
                        + " before it is in "
                        + run);
        assertTrue(Files.exists(run.resolve("index.html")));
    }

    @Test
    void failedWorkIsCodeOne() throws IOException {
        assertEquals(1, train("--data", "none.csv"));
        assertOneLineOfError("There is no file");
        Files.writeString(csv, "0,1,2\n1,x,3\n");
        assertEquals(1, train());
        assertOneLineOfError("moons.csv:2: column 2 is not a number: 'x'");
    }

    @Test
    void helpExplainsEveryOption() {
        assertEquals(0, run(false, "--help"));
        for (String command : new String[] {"train", "resume", "evaluate", "describe"}) {
            assertTrue(out.contains("  " + command + "  "), out);
            assertEquals(0, run(false, command, "--help"));
            assertTrue(out.contains("This model takes with --set: axis, hidden, outputs."), out);
            assertTrue(out.contains("Exit codes: 0 done, 1 failed, 2 wrong use."), out);
            assertTrue(out.contains("Example"), out);
            assertEquals(0, run(false, "--help"));
        }
        assertEquals(0, run(false, "train", "-h"));
        for (String heading :
                new String[] {"Model", "Data", "Training", "Checkpoints", "Machine"}) {
            assertTrue(out.contains("\n" + heading + ":\n"), heading + " in\n" + out);
        }
        for (String option :
                new String[] {
                    "--data", "--shape", "--scale", "--epochs", "--batch-size", "--learning-rate",
                    "--seed", "--validation", "--test", "--out", "--set", "--threads"
                }) {
            assertTrue(out.contains(option + "="), option + " in\n" + out);
        }
        assertTrue(out.contains("Usage: java nets.PackedMlpHarness train "), out);
        assertTrue(out.contains("--ids "), out);
        assertEquals(0, run(true, "train", "-h"));
        assertTrue(out.contains("EPOCHS (passes"), out);
        assertTrue(out.contains("This model takes with --set: fails, filters, hidden."), out);
        assertTrue(out.contains("Usage: java nets.MlpComparison train "), out);
        assertFalse(out.contains("--version"), out);
    }
}
