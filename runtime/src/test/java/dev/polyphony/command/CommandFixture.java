/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Calls the command line of a harness and of a comparison, on data in a file. */
abstract class CommandFixture {

    @TempDir Path folder;

    Path csv;
    Path run;
    String out;
    String err;

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

    int run(boolean comparison, String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        int code =
                comparison
                        ? ComparisonCommand.execute(
                                "nets.MlpComparison",
                                args,
                                CommandFixture::comparison,
                                outStream,
                                errStream)
                        : HarnessCommand.execute(
                                "nets.PackedMlpHarness",
                                args,
                                CommandFixture::harness,
                                outStream,
                                errStream);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    static Comparison comparison(Arguments arguments) {
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

    int train(String... more) {
        return train(false, 2, more);
    }

    int compare(String... more) {
        return train(true, 1, more);
    }

    /** Trains with some options and, where they are not given, usual ones. */
    int train(boolean comparison, int epochs, String... more) {
        List<String> args = new ArrayList<>(List.of("train"));
        args.addAll(Arrays.asList(more));
        Map<String, Object> usual =
                Map.of("--data", csv, "--set", "hidden=8", "--epochs", epochs, "--out", run);
        usual.forEach(
                (option, value) -> {
                    boolean isGiven =
                            args.stream()
                                    .anyMatch(
                                            arg ->
                                                    arg.equals(option)
                                                            || arg.startsWith(option + "="));
                    if (!isGiven || option.equals("--set")) {
                        args.addAll(List.of(option, value.toString()));
                    }
                });
        return run(comparison, args.toArray(String[]::new));
    }

    /** What a table says of answers, and not of times. */
    static List<String> quality(String table) {
        // the title and the first table; in the next, of costs, columns may be without any value
        return Arrays.stream(table.split("\\R\\s*\\R"))
                .limit(2)
                .flatMap(String::lines)
                .takeWhile(line -> !line.matches(".*(Parameters|Inference).*"))
                .toList();
    }

    void assertOneLineOfError(String message) {
        assertTrue(err.contains("Error: "), err);
        String error = err.substring(err.indexOf("Error: "));
        assertTrue(error.contains(message), err);
        assertFalse(error.contains("\tat "), err);
        assertTrue(error.lines().count() <= 2, err);
    }
}
