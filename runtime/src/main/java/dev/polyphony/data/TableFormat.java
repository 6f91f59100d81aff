/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Examples that are rows of a table, such as the lines of a CSV file: a number in each column.
 *
 * @param columns the names of the features in their order; none if the table had no header
 * @param answers the names of the columns with the right answers, which are not looked at where an
 *     example is predicted
 * @param shape the shape of the array that a row becomes
 * @param dataType {@code FLOAT32} for numbers, {@code INT64} for ids
 * @param scale what features are multiplied with
 */
public record TableFormat(
        List<String> columns, List<String> answers, Shape shape, DataType dataType, double scale)
        implements InputFormat {

    /** Requires a name for each feature, or none. */
    public TableFormat {
        columns = List.copyOf(columns);
        answers = List.copyOf(answers);
        if (!columns.isEmpty() && columns.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "%d names of columns for examples of shape %s: give one for each of %d features, or none"
                            .formatted(columns.size(), shape, shape.size()));
        }
        Set<String> all = new HashSet<>();
        for (String column : columns) {
            if (!all.add(column)) {
                throw new IllegalArgumentException(
                        "Two columns are named '%s': give each a name of its own"
                                .formatted(column));
            }
        }
    }

    /** The same table with numbers for features. */
    TableFormat ofNumbers() {
        return new TableFormat(columns, answers, shape, DataType.FLOAT32, scale);
    }

    /** The same table with ids for features. */
    TableFormat ofIds() {
        return new TableFormat(columns, answers, shape, DataType.INT64, scale);
    }

    /**
     * Turns a row with names into features, in the order that training had them.
     *
     * @param row a number for each column, as a number or as text
     * @return the features {@code [shape...]} in row-major order
     * @throws IllegalArgumentException if columns are missing, unknown, or hold no number; names
     *     all of them
     */
    public float[] toFeatures(Map<String, ?> row) {
        requireNames(row.keySet());
        float[] features = new float[columns.size()];
        for (int i = 0; i < features.length; i++) {
            String name = columns.get(i);
            features[i] = number(row.get(name), () -> "column '" + name + "'");
        }
        return features;
    }

    /**
     * Turns a row without names into features.
     *
     * @param row a number for each feature, in the order that training had them
     * @return the features {@code [shape...]} in row-major order
     * @throws IllegalArgumentException if there are more or fewer, or one is no number
     */
    public float[] toFeatures(List<?> row) {
        if (row.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "%d numbers in a row, but %d are expected%s"
                            .formatted(
                                    row.size(),
                                    shape.size(),
                                    columns.isEmpty() ? "" : ": " + String.join(", ", columns)));
        }
        float[] features = new float[row.size()];
        for (int i = 0; i < features.length; i++) {
            int column = i;
            features[i] = number(row.get(i), () -> describe(column));
        }
        return features;
    }

    /**
     * Requires the columns that training had, in any order, beside those of right answers.
     *
     * @param given the names that are given
     * @throws IllegalArgumentException if some are missing or unknown; names all of them
     */
    public void requireNames(Set<String> given) {
        require(given, columns);
    }

    /** Requires each column that training had once, in any order, those of right answers too. */
    void requireLabeled(List<String> given) {
        Set<String> all = new HashSet<>();
        for (String name : given) {
            if (!all.add(name)) {
                throw new IllegalArgumentException(
                        "Two columns are named '%s': give each a name of its own".formatted(name));
            }
        }
        require(all, Stream.concat(answers.stream(), columns.stream()).toList());
    }

    private void require(Set<String> given, List<String> wanted) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "The columns that the model was trained on had no names: give %d numbers in their order"
                            .formatted(shape.size()));
        }
        List<String> missing = wanted.stream().filter(name -> !given.contains(name)).toList();
        Set<String> unknown = new TreeSet<>(given);
        columns.forEach(unknown::remove);
        answers.forEach(unknown::remove);
        List<String> wrong = new ArrayList<>();
        if (!missing.isEmpty()) {
            wrong.add("missing: " + String.join(", ", missing));
        }
        if (!unknown.isEmpty()) {
            wrong.add("unknown: " + String.join(", ", unknown));
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "The columns are not those that the model was trained on (%s); it takes: %s"
                            .formatted(String.join("; ", wrong), String.join(", ", wanted)));
        }
    }

    /** The number of a field, as training read it. */
    private float number(Object value, Supplier<String> place) {
        double number;
        try {
            number =
                    value instanceof Number given
                            ? given.doubleValue()
                            : Double.parseDouble(String.valueOf(value).trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s is not a number: '%s'".formatted(place.get(), value), e);
        }
        float scaled = (float) (number * scale);
        if (!Float.isFinite(scaled)) {
            throw new IllegalArgumentException(
                    "%s is %s: replace missing values as in training"
                            .formatted(place.get(), number));
        }
        return scaled;
    }

    private String describe(int column) {
        String name = columns.isEmpty() ? "" : " '" + columns.get(column) + "'";
        return "column " + (column + 1) + name;
    }
}
