/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads labelled examples from comma-separated numbers. */
final class Csv {

    /** What spreadsheets write before the first line. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The characters of a wrong field that messages show. */
    private static final int SHOWN = 40;

    /** The largest class: up to it, floats hold all whole numbers. */
    private static final int MOST = 1 << 24;

    private final Task task;
    private final int outputs;
    private final Shape shape;
    private final double scale;

    /** The table whose columns are meant, or null. */
    private final TableFormat like;

    /**
     * A way to read.
     *
     * @param task what the first columns are
     * @param outputs how many they are
     * @param like the table that others were read from, whose columns are found by name
     */
    Csv(Task task, int outputs, TableFormat like) {
        this(task, outputs, like.shape(), like.scale(), like);
    }

    /**
     * A way to read.
     *
     * @param task what the first columns are
     * @param outputs how many they are
     * @param shape the shape of an example, or null for one axis
     * @param scale what features are multiplied with
     */
    Csv(Task task, int outputs, Shape shape, double scale) {
        this(task, outputs, shape, scale, null);
    }

    private Csv(Task task, int outputs, Shape shape, double scale, TableFormat like) {
        if (outputs < 1 || outputs > 1 && task == Task.CLASSIFICATION) {
            throw new IllegalArgumentException(
                    "A file of the task %s cannot have %d columns of right answers"
                            .formatted(task, outputs));
        }
        this.task = task;
        this.outputs = outputs;
        this.shape = shape;
        this.scale = scale;
        this.like = like;
    }

    LabeledData read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return read(reader, file.toString());
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8: save it as CSV UTF-8", e);
        }
    }

    LabeledData read(Class<?> type, String name) throws IOException {
        InputStream in = type.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(
                    "There is no resource '" + name + "' beside " + type.getName());
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return read(reader, name);
        }
    }

    private LabeledData read(BufferedReader reader, String file) throws IOException {
        List<float[]> rows = new ArrayList<>();
        List<float[]> answers = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        List<String> header = List.of();
        int[] order = null;
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
                line = line.substring(1);
            }
            if (line.isBlank()) {
                continue;
            }
            if (number == 1 && isHeader(line)) {
                header = names(line);
                order = order(header, new Place(file, number, null));
                continue;
            }
            Place place = new Place(file, number, order);
            String[] fields = place.ordered(line.split(",", -1));
            answers.add(answers(fields, place));
            rows.add(features(fields, place));
            lines.add(number);
            int columns = rows.get(0).length;
            if (columns == 0 || fields.length - outputs != columns) {
                throw place.wrong(
                        "%d features, where the first line has %d"
                                .formatted(fields.length - outputs, columns));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " has no examples");
        }
        int columns = rows.get(0).length;
        Shape example = shape == null ? new Shape(columns) : shape;
        if (example.size() != columns) {
            throw new IllegalArgumentException(
                    "%s has %d features a line, but the shape %s needs %d"
                            .formatted(file, columns, example, example.size()));
        }
        float[] features = new float[Math.multiplyExact(rows.size(), columns)];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, features, i * columns, columns);
        }
        return LabeledData.of(
                new Features.Numbers(features),
                example,
                targets(answers),
                like == null ? table(header, example, columns) : like.ofNumbers(),
                new Origin(file, lines.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Where the columns of the other table are in this one; null to read them by place. */
    private int[] order(List<String> header, Place place) {
        if (like == null || like.columns().isEmpty()) {
            return null;
        }
        try {
            like.requireLabeled(header);
        } catch (IllegalArgumentException e) {
            throw place.wrong(e.getMessage());
        }
        return Stream.concat(like.answers().stream(), like.columns().stream())
                .mapToInt(header::indexOf)
                .toArray();
    }

    /** Names that do not stand for one column each are none. */
    private TableFormat table(List<String> header, Shape example, int columns) {
        boolean isNamed =
                header.size() == outputs + columns
                        && header.stream().noneMatch(String::isEmpty)
                        && header.stream().distinct().count() == header.size();
        return new TableFormat(
                isNamed ? header.subList(outputs, header.size()) : List.of(),
                isNamed ? header.subList(0, outputs) : List.of(),
                example,
                DataType.FLOAT32,
                scale);
    }

    static List<String> names(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(name -> name.trim().replaceAll("^\"(.*)\"$", "$1"))
                .toList();
    }

    private Targets targets(List<float[]> answers) {
        if (task != Task.CLASSIFICATION) {
            return Targets.of(task, answers.toArray(float[][]::new));
        }
        int[] labels = answers.stream().mapToInt(answer -> (int) answer[0]).toArray();
        return new Targets.Classes(labels, Targets.classes(labels));
    }

    private float[] answers(String[] fields, Place place) {
        if (task == Task.CLASSIFICATION) {
            return new float[] {label(fields[0], place)};
        }
        if (fields.length <= outputs) {
            throw place.wrong(
                    "%d columns, where %d of targets and some of features are needed"
                            .formatted(fields.length, outputs));
        }
        float[] answers = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            answers[i] = number(fields[i], 1, i, place);
            if (task == Task.MULTI_LABEL && answers[i] != 0 && answers[i] != 1) {
                throw place.wrong(
                        "column %d is a label, 0 or 1, but is '%s'"
                                .formatted(place.column(i), shortened(fields[i])));
            }
        }
        return answers;
    }

    /** A line without a single number; one with some is an example, and may be a wrong one. */
    static boolean isHeader(String line) {
        return Arrays.stream(line.split(",", -1)).noneMatch(Csv::isNumber);
    }

    private static boolean isNumber(String field) {
        try {
            Double.parseDouble(field.trim());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static int label(String field, Place place) {
        double label = isNumber(field) ? Double.parseDouble(field.trim()) : -1;
        // written so that NaN fails
        if (!(label >= 0 && label <= MOST && label == (int) label)) {
            if (field.contains(";") || field.contains("\t")) {
                throw place.wrong(
                        "separate the columns by commas: there is none in '%s'"
                                .formatted(shortened(field)));
            }
            String header = place.line() == 1 ? " (a header would hold no number at all)" : "";
            throw place.wrong(
                    "%s is the class, a whole number from 0, but is '%s'%s"
                            .formatted(
                                    place.column(0) == 1
                                            ? "the first column"
                                            : "column " + place.column(0),
                                    shortened(field),
                                    header));
        }
        return (int) label;
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private float[] features(String[] fields, Place place) {
        float[] features = new float[fields.length - outputs];
        for (int i = 0; i < features.length; i++) {
            features[i] = number(fields[i + outputs], scale, i + outputs, place);
        }
        return features;
    }

    private static float number(String field, double scale, int column, Place place) {
        float number;
        try {
            number = (float) (Double.parseDouble(field.trim()) * scale);
        } catch (NumberFormatException e) {
            throw place.wrong(
                    "column %d is not a number: '%s'"
                            .formatted(place.column(column), shortened(field)));
        }
        if (!Float.isFinite(number)) {
            throw place.wrong(
                    "column %d is %s: replace missing values before training"
                            .formatted(place.column(column), number));
        }
        return number;
    }

    /** A line of a file, and where it has the columns that are wanted; null if in their order. */
    private record Place(String file, int line, int[] order) {

        String[] ordered(String[] fields) {
            if (order == null) {
                return fields;
            }
            if (fields.length != order.length) {
                throw wrong(
                        "%d fields, where the header has %d"
                                .formatted(fields.length, order.length));
            }
            return Arrays.stream(order).mapToObj(at -> fields[at]).toArray(String[]::new);
        }

        /** The number of a wanted column in the file, from 1. */
        int column(int wanted) {
            return 1 + (order == null ? wanted : order[wanted]);
        }

        IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("%s:%d: %s".formatted(file, line, what));
        }
    }
}
