/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads tables of comma-separated numbers: right answers in the first columns, then features. */
public final class CsvFiles {

    private CsvFiles() {}

    /**
     * Reads a CSV file: the class in the first column, features in the others. A first line without
     * a single number is taken for their names.
     *
     * @param file the file
     * @param shape the shape of one example, or null for one axis of all columns
     * @param scale what features are multiplied with, such as {@code 1/255}
     * @return the data
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a line is not of this form; names file and line
     */
    public static LabeledData read(Path file, Shape shape, double scale) throws IOException {
        return read(file, Task.CLASSIFICATION, 1, shape, scale);
    }

    /**
     * Reads a CSV file: the right answers in the first columns, features in the others. A first
     * line without a single number is taken for their names.
     *
     * @param file the file
     * @param task what the first columns are: a class, a 0 or 1 for each label, or numbers
     * @param outputs how many they are; 1 for a class
     * @param shape the shape of one example, or null for one axis of all other columns
     * @param scale what features, and not targets, are multiplied with
     * @return the data
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a line is not of this form; names file and line
     */
    public static LabeledData read(Path file, Task task, int outputs, Shape shape, double scale)
            throws IOException {
        return new Csv(task, outputs, shape, scale).read(file);
    }

    /**
     * Reads a CSV file as another was read, such as data to judge by as those that were trained on.
     * Where both have a header, columns are found by their names, in any order; else by place.
     *
     * @param file the file
     * @param task what the right answers are
     * @param outputs how many columns have them; 1 for a class
     * @param like how the other was read: its {@link #getInputFormat}, or that of a model folder
     * @return the data
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a column is missing or unknown, or a line is not of this
     *     form; names file and line
     */
    public static LabeledData read(Path file, Task task, int outputs, TableFormat like)
            throws IOException {
        return new Csv(task, outputs, like).read(file);
    }

    /**
     * Reads the features alone of a CSV file, such as data that a model is not made for. Columns of
     * right answers may be there or not, and are not looked at.
     *
     * @param file the file
     * @param outputs how many columns would have right answers, where there is no header
     * @param like how the examples were read that the model is made for
     * @return the data, without labels
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException as {@link #read(Path, Task, int, TableFormat)}
     */
    public static LabeledData readUnlabeled(Path file, int outputs, TableFormat like)
            throws IOException {
        TableFormat numbers = like.ofNumbers();
        List<float[]> rows = new ArrayList<>();
        try (TableRows read = TableRows.open(file, numbers, outputs)) {
            read.forEachRemaining(rows::add);
        }
        int width = Math.toIntExact(like.shape().size());
        float[] features = new float[Math.multiplyExact(rows.size(), width)];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, features, i * width, width);
        }
        return LabeledData.of(new Features.Numbers(features), like.shape(), null, numbers, null);
    }

    /**
     * Reads a resource beside a class as {@link #read(Path, Shape, double)} reads a file.
     *
     * @param type the class
     * @param name the name of the resource, relative to the class
     * @param shape the shape of one example, or null for one axis of all columns
     * @param scale what features are multiplied with
     * @return the data
     * @throws IOException if there is no such resource, or it cannot be read
     * @throws IllegalArgumentException if a line is wrong; names it
     */
    public static LabeledData read(Class<?> type, String name, Shape shape, double scale)
            throws IOException {
        return new Csv(Task.CLASSIFICATION, 1, shape, scale).read(type, name);
    }
}
