/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.command.Converters.NamedInput;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.MultiTable;
import dev.polyphony.data.Task;
import dev.polyphony.multitask.TaskSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of what several tasks are trained and judged on. */
final class TaskDataOptions {

    /** The option that names an input. */
    static final String INPUT = "--input";

    static final String INPUT_HELP =
            "Input of the model, in the order in which it takes them: its name, by which columns are"
                    + " found; its shape, such as image=1,8,8, by default one axis of all its columns;"
                    + " and what they hold if not numbers, log=6:ids or photo=3,32,32:files, a column"
                    + " with the paths of images; repeat for each";

    @Option(
            names = DataOptions.DATA,
            required = true,
            paramLabel = "FILE",
            description =
                    "CSV file whose first line names the columns by inputs and tasks: load, image.0,"
                            + " image.1, ... Where a task's column is empty, its answer is not known.")
    private Path data;

    @Option(
            names = INPUT,
            converter = Converters.ToNamedInput.class,
            paramLabel = "NAME[=SHAPE][:KIND]",
            description =
                    INPUT_HELP
                            + " (default: all that the header has beside the tasks, in its order).")
    private List<NamedInput> inputs = new ArrayList<>();

    @Option(
            names = "--scale",
            paramLabel = "NAME=FACTOR",
            description = "What the numbers of an input are multiplied with; repeat for each.")
    private Map<String, Double> scales = new LinkedHashMap<>();

    @Option(
            names = "--resize",
            description = "Images in files of other sizes are brought to the shape of their input.")
    private boolean resize;

    @Mixin private SplitOptions split;

    /**
     * The data of a run.
     *
     * @param train what is trained on
     * @param validation what each epoch is judged on, or null
     * @param test what the result is judged on
     */
    record Parts(MultiExamples train, MultiExamples validation, MultiExamples test) {}

    /** Requires options that go together. */
    void require() {
        split.require();
        Set<String> names = new LinkedHashSet<>();
        for (NamedInput input : inputs) {
            if (!names.add(input.name())) {
                throw new WrongCallException("%s %s is given twice".formatted(INPUT, input.name()));
            }
        }
        for (String name : scales.keySet()) {
            if (!names.isEmpty() && !names.contains(name)) {
                throw new WrongCallException(
                        "--scale is for an input, but '%s' is none of %s".formatted(name, names));
            }
        }
    }

    Parts read(List<TaskSpec> tasks, int seed) throws IOException {
        List<MultiTable.Input> wanted =
                inputs.stream().map(input -> input.toTable(scale(input.name()), resize)).toList();
        Map<String, Task> kinds = kinds(tasks);
        MultiTable table = MultiTable.of(data, wanted, kinds);
        if (wanted.isEmpty() && !scales.isEmpty()) {
            requireScaled(table);
            List<MultiTable.Input> scaled =
                    table.getInputs().keySet().stream()
                            .map(
                                    name ->
                                            new MultiTable.Input(
                                                    name,
                                                    null,
                                                    MultiTable.Kind.NUMBERS,
                                                    scale(name),
                                                    false))
                            .toList();
            table = MultiTable.of(data, scaled, kinds);
        }
        MultiExamples all = table.read(data);
        MultiTable alike = like(table.getInputs(), kinds, names(all, tasks));
        MultiExamples validation =
                split.getValidation() == null ? null : alike.read(split.getValidation());
        MultiExamples test = split.getTest() == null ? null : alike.read(split.getTest());
        double[] shares = split.getShares();
        MultiExamples[] parts =
                shares.length == 1
                        ? new MultiExamples[] {all}
                        : all.split(split.getSeed(seed), shares);
        if (split.isValidationShare()) {
            validation = parts[1];
        }
        return new Parts(parts[0], validation, test == null ? parts[parts.length - 1] : test);
    }

    private double scale(String input) {
        return scales.getOrDefault(input, 1.0);
    }

    private void requireScaled(MultiTable table) {
        for (String name : scales.keySet()) {
            if (!table.getInputs().containsKey(name)) {
                throw new WrongCallException(
                        "--scale is for an input, but '%s' is none of %s"
                                .formatted(name, table.getInputs().keySet()));
            }
        }
    }

    private static MultiTable like(
            Map<String, InputFormat> inputs,
            Map<String, Task> kinds,
            Map<String, List<String>> names) {
        return MultiTable.of(inputs, kinds, names);
    }

    /** Labels and numbers are found by their names in other files. */
    private static Map<String, List<String>> names(MultiExamples all, List<TaskSpec> tasks) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (TaskSpec task : tasks) {
            if (all.getTask(task.name()) != Task.CLASSIFICATION) {
                names.put(task.name(), all.getOutputNames(task.name()));
            }
        }
        return names;
    }

    private static Map<String, Task> kinds(List<TaskSpec> tasks) {
        Map<String, Task> kinds = new LinkedHashMap<>();
        for (TaskSpec task : tasks) {
            kinds.put(task.name(), Task.valueOf(task.kind().name()));
        }
        return kinds;
    }
}
