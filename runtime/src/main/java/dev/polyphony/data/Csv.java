/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads labelled examples from comma-separated numbers. */
final class Csv {

    /** What spreadsheets write before the first line. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The characters of a wrong field that messages show. */
    private static final int SHOWN = 40;

    private Csv() {}

    static LabeledData read(Path file, Shape shape, double scale) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return read(reader, file.toString(), shape, scale);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8: save it as CSV UTF-8", e);
        }
    }

    static LabeledData read(BufferedReader reader, String file, Shape shape, double scale)
            throws IOException {
        List<float[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
                line = line.substring(1);
            }
            if (line.isBlank() || number == 1 && isHeader(line)) {
                continue;
            }
            String[] fields = line.split(",", -1);
            Place place = new Place(file, number);
            labels.add(label(fields[0], place));
            rows.add(features(fields, scale, place));
            int columns = rows.get(0).length;
            if (columns == 0 || fields.length - 1 != columns) {
                throw place.wrong(
                        "%d features, where the first line has %d"
                                .formatted(fields.length - 1, columns));
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
                features, example, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    /** A line without a single number; one with some is an example, and may be a wrong one. */
    private static boolean isHeader(String line) {
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
        if (!(label >= 0 && label == (int) label)) {
            if (field.contains(";") || field.contains("\t")) {
                throw place.wrong(
                        "separate the columns by commas: there is none in '%s'"
                                .formatted(shortened(field)));
            }
            String header = place.line() == 1 ? " (a header would hold no number at all)" : "";
            throw place.wrong(
                    "the first column is the class, a whole number from 0, but is '%s'%s"
                            .formatted(shortened(field), header));
        }
        return (int) label;
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static float[] features(String[] fields, double scale, Place place) {
        float[] features = new float[fields.length - 1];
        for (int i = 0; i < features.length; i++) {
            try {
                features[i] = (float) (Double.parseDouble(fields[i + 1].trim()) * scale);
            } catch (NumberFormatException e) {
                throw place.wrong(
                        "column %d is not a number: '%s'"
                                .formatted(i + 2, shortened(fields[i + 1])));
            }
            if (!Float.isFinite(features[i])) {
                throw place.wrong(
                        "column %d is %s: replace missing values before training"
                                .formatted(i + 2, features[i]));
            }
        }
        return features;
    }

    /** A line of a file, for messages. */
    private record Place(String file, int line) {

        IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("%s:%d: %s".formatted(file, line, what));
        }
    }
}
