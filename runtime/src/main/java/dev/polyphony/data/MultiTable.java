/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * CSV files of examples with several inputs and several right answers, whose columns are named by
 * them: {@code load} for one number, {@code image.0}, {@code image.1}, ... or {@code
 * vibrations.left}, {@code vibrations.right} for several, in the order of the header. A column of a
 * task has a class, from 0; a 0 or 1 for a label; or a number. An empty field is an answer that is
 * not known. A column of an input of image files has their paths, relative to the CSV file.
 */
public final class MultiTable {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Map<String, InputFormat> inputs;
    private final Map<String, Task> tasks;
    private final Map<String, List<String>> outputNames;

    private MultiTable(
            Map<String, InputFormat> inputs,
            Map<String, Task> tasks,
            Map<String, List<String>> outputNames) {
        this.inputs = inputs;
        this.tasks = tasks;
        this.outputNames = outputNames;
    }

    /** What the columns of an input are. */
    public enum Kind {
        /** Numbers to compute with. */
        NUMBERS,

        /** Ids to look up, whole numbers from 0. */
        IDS,

        /** The path of an image file, in one column. */
        FILES
    }

    /**
     * An input, as a user describes it.
     *
     * @param name its name
     * @param shape the shape of one example; null for one axis of all its columns
     * @param kind what its columns are
     * @param scale what numbers are multiplied with
     * @param resize whether images of another size are resized
     */
    public record Input(String name, Shape shape, Kind kind, double scale, boolean resize) {}

    /**
     * Looks into a file for the columns of inputs and tasks.
     *
     * @param file the file
     * @param wanted the inputs, in the order in which a model takes them; none for all that the
     *     header has beside the tasks, numbers on one axis each
     * @param tasks the tasks by their names
     * @return how the file is read, and others like it
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if columns are missing; names them
     */
    public static MultiTable of(Path file, List<Input> wanted, Map<String, Task> tasks)
            throws IOException {
        List<String> header = header(file);
        Map<String, InputFormat> formats = new LinkedHashMap<>();
        for (Input input : wanted.isEmpty() ? all(header, tasks.keySet()) : wanted) {
            List<String> columns = ColumnPlaces.columns(input.name(), header);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s has no columns of the input '%s', named '%s' or '%s.0', '%s.1', ...: it has %s"
                                .formatted(
                                        file,
                                        input.name(),
                                        input.name(),
                                        input.name(),
                                        input.name(),
                                        ColumnPlaces.summary(header)));
            }
            formats.put(input.name(), format(file, input, columns));
        }
        if (formats.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no columns beside those of the tasks: an example needs an input"
                            .formatted(file));
        }
        return new MultiTable(formats, new LinkedHashMap<>(tasks), Map.of());
    }

    /**
     * Reads as training read.
     *
     * @param inputs the formats of the inputs by their names, in the order in which a model takes
     *     them
     * @param tasks the tasks by their names
     * @param outputNames what labels and numbers are called, by task; as {@link
     *     MultiExamples#getOutputNames} says
     * @return how files are read
     */
    public static MultiTable of(
            Map<String, InputFormat> inputs,
            Map<String, Task> tasks,
            Map<String, List<String>> outputNames) {
        return new MultiTable(
                new LinkedHashMap<>(inputs),
                new LinkedHashMap<>(tasks),
                new LinkedHashMap<>(outputNames));
    }

    private static List<Input> all(List<String> header, Collection<String> tasks) {
        Set<String> names = new LinkedHashSet<>();
        header.forEach(column -> names.add(ColumnPlaces.owner(column)));
        names.removeAll(tasks);
        return names.stream().map(name -> new Input(name, null, Kind.NUMBERS, 1, false)).toList();
    }

    private static InputFormat format(Path file, Input input, List<String> columns) {
        if (input.kind() == Kind.FILES) {
            if (columns.size() != 1 || input.shape() == null) {
                throw new IllegalArgumentException(
                        "The input '%s' of image files needs one column and a shape, such as 3,32,32"
                                .formatted(input.name()));
            }
            return ImageFormat.of(input.shape()).withResize(input.resize());
        }
        Shape shape = input.shape() == null ? new Shape(columns.size()) : input.shape();
        if (shape.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "%s has %d columns of the input '%s', but its shape %s needs %d"
                            .formatted(file, columns.size(), input.name(), shape, shape.size()));
        }
        DataType type = input.kind() == Kind.IDS ? DataType.INT64 : DataType.FLOAT32;
        return new TableFormat(columns, List.of(), shape, type, input.scale());
    }

    /**
     * Returns the inputs.
     *
     * @return how each becomes an array, by name
     */
    public Map<String, InputFormat> getInputs() {
        return new LinkedHashMap<>(inputs);
    }

    /**
     * Reads examples with their answers.
     *
     * @param file the file
     * @return the examples
     * @throws IOException if it, or an image, cannot be read
     * @throws IllegalArgumentException if a column is missing or unknown, or a field is wrong;
     *     names file and line
     */
    public MultiExamples read(Path file) throws IOException {
        return read(file, true);
    }

    /**
     * Reads examples to be predicted, whose answers may be there and are not looked at.
     *
     * @param file the file
     * @return the examples, without answers
     * @throws IOException if it, or an image, cannot be read
     * @throws IllegalArgumentException if a column is missing or unknown, or a field is wrong;
     *     names file and line
     */
    public MultiExamples readInputs(Path file) throws IOException {
        return read(file, false);
    }

    private MultiExamples read(Path file, boolean hasAnswers) throws IOException {
        List<String> lines = lines(file);
        List<String> header = header(file, lines);
        requireKnown(file, header);
        List<MultiColumns> columns = new ArrayList<>();
        for (Map.Entry<String, InputFormat> input : inputs.entrySet()) {
            columns.add(MultiColumns.ofInput(input.getKey(), input.getValue(), file, header));
        }
        if (hasAnswers) {
            tasks.forEach(
                    (name, task) ->
                            columns.add(
                                    MultiColumns.ofTask(
                                            name, task, outputNames.get(name), file, header)));
        }
        int rows = 0;
        for (int number = 2; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.isBlank()) {
                continue;
            }
            rows++;
            String[] fields = line.split(",", -1);
            if (fields.length != header.size()) {
                throw new IllegalArgumentException(
                        "%s:%d: %d fields, where the header has %d"
                                .formatted(file, number, fields.length, header.size()));
            }
            for (MultiColumns own : columns) {
                own.add(fields, number);
            }
        }
        if (rows == 0) {
            throw new IllegalArgumentException(file + " has no examples");
        }
        MultiExamples.Builder examples = MultiExamples.builder();
        for (MultiColumns own : columns) {
            own.addTo(examples);
        }
        return examples.build();
    }

    private void requireKnown(Path file, List<String> header) {
        Set<String> unknown = new TreeSet<>();
        for (String column : header) {
            String owner = ColumnPlaces.owner(column);
            if (!inputs.containsKey(owner) && !tasks.containsKey(owner)) {
                unknown.add(column);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s:1: columns of neither the inputs %s nor the tasks %s: %s"
                            .formatted(
                                    file,
                                    inputs.keySet(),
                                    tasks.keySet(),
                                    ColumnPlaces.summary(List.copyOf(unknown))));
        }
    }

    private static List<String> header(Path file) throws IOException {
        return header(file, lines(file));
    }

    private static List<String> header(Path file, List<String> lines) {
        if (lines.isEmpty() || !Csv.isHeader(lines.get(0))) {
            throw new IllegalArgumentException(
                    "%s:1: the first line must name the columns by inputs and tasks, as image.0,image.1,digit"
                            .formatted(file));
        }
        List<String> header = Csv.names(lines.get(0));
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!seen.add(column)) {
                throw new IllegalArgumentException(
                        "%s:1: two columns are named '%s': give each a name of its own"
                                .formatted(file, column));
            }
        }
        return header;
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file);
        }
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
                lines.set(0, lines.get(0).substring(1));
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8: save it as CSV UTF-8", e);
        }
    }
}
