/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of a CSV file, to be predicted: read one by one, as training read them. With a header,
 * columns may stand in any order; those of right answers may be there, and are not looked at.
 */
public final class TableRows implements Iterator<float[]>, AutoCloseable {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final TableFormat format;
    private final Path file;
    private final BufferedReader reader;
    private final int answers;
    private List<String> header;
    private int number;
    private String line;

    private TableRows(TableFormat format, int answers, Path file, BufferedReader reader) {
        this.format = format;
        this.answers = answers;
        this.file = file;
        this.reader = reader;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param format how training read its rows
     * @return the rows
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if its header has other columns than training, or it has no
     *     rows
     */
    public static TableRows open(Path file, TableFormat format) throws IOException {
        return open(file, format, format.answers().size());
    }

    /** As the other, where the number of columns with right answers is known without names. */
    static TableRows open(Path file, TableFormat format, int answers) throws IOException {
        TableRows rows = new TableRows(format, answers, file, Files.newBufferedReader(file));
        try {
            rows.begin();
            return rows;
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        advance();
        if (line != null && line.startsWith(BYTE_ORDER_MARK)) {
            line = line.substring(1);
        }
        if (line != null && Csv.isHeader(line)) {
            List<String> names = Csv.names(line);
            if (!format.columns().isEmpty()) {
                try {
                    format.requireNames(Set.copyOf(names));
                } catch (IllegalArgumentException e) {
                    throw wrong(e);
                }
                header = names;
            }
            advance();
        }
        if (line == null) {
            throw new IllegalArgumentException(file + " has no rows");
        }
    }

    private void advance() throws IOException {
        try {
            do {
                line = reader.readLine();
                number++;
            } while (line != null && line.isBlank());
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8: save it as CSV UTF-8", e);
        }
    }

    /** {@inheritDoc} */
    @Override
    public boolean hasNext() {
        return line != null;
    }

    /**
     * Returns the features of the next row.
     *
     * @return the features {@code [shape...]} in row-major order
     * @throws IllegalArgumentException if a field is missing or no number; names file and line
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public float[] next() {
        if (line == null) {
            throw new NoSuchElementException(file + " has no more rows");
        }
        List<String> fields = Arrays.asList(line.split(",", -1));
        float[] features;
        try {
            features = header == null ? byPlace(fields) : format.toFeatures(byName(fields));
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        try {
            advance();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return features;
    }

    /** Right answers come first, if they are there. */
    private float[] byPlace(List<String> fields) {
        long features = format.shape().size();
        boolean hasAnswers = answers > 0 && fields.size() == answers + features;
        if (!hasAnswers && fields.size() > features) {
            throw new IllegalArgumentException(
                    "%d numbers in a row, but %d are expected: if there is a column of the class, or others of right answers, take them out"
                            .formatted(fields.size(), features));
        }
        return format.toFeatures(hasAnswers ? fields.subList(answers, fields.size()) : fields);
    }

    private Map<String, String> byName(List<String> fields) {
        if (fields.size() != header.size()) {
            throw new IllegalArgumentException(
                    "%d fields, where the header has %d".formatted(fields.size(), header.size()));
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            row.put(header.get(i), fields.get(i));
        }
        return row;
    }

    private IllegalArgumentException wrong(IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "%s:%d: %s".formatted(file, number, cause.getMessage()), cause);
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        reader.close();
    }
}
