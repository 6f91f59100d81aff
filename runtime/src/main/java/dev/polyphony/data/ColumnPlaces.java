/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a file has the columns of an input or a task. A column {@code image.7} belongs to {@code
 * image}.
 *
 * @param owner the input or task
 * @param file the file
 * @param header all columns of the file
 * @param places the places of the columns, from 0
 */
record ColumnPlaces(String owner, Path file, List<String> header, int... places) {

    /** The columns that messages show. */
    private static final int SHOWN = 12;

    /** The largest class or id: up to it, floats hold all whole numbers. */
    private static final int MOST = 1 << 24;

    /** Finds columns by their names. */
    static ColumnPlaces of(String owner, List<String> columns, Path file, List<String> header) {
        List<String> missing = columns.stream().filter(column -> !header.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s:1: columns of '%s' are missing: %s"
                            .formatted(file, owner, summary(missing)));
        }
        return new ColumnPlaces(
                owner, file, header, columns.stream().mapToInt(header::indexOf).toArray());
    }

    /** Whose a column is: what is before the first dot. */
    static String owner(String column) {
        int dot = column.indexOf('.');
        return dot < 0 ? column : column.substring(0, dot);
    }

    /** The columns of an input or task, in the order of the header. */
    static List<String> columns(String owner, List<String> header) {
        return header.stream().filter(column -> owner(column).equals(owner)).toList();
    }

    /** Some columns, for messages. */
    static String summary(List<String> columns) {
        return columns.size() <= SHOWN
                ? String.join(", ", columns)
                : String.join(", ", columns.subList(0, SHOWN)) + ", ...";
    }

    int count() {
        return places.length;
    }

    String field(String[] fields, int at) {
        return fields[places[at]].trim();
    }

    IllegalArgumentException wrong(int line, int at, String what, String field) {
        return new IllegalArgumentException(
                "%s:%d: '%s' is %s, but was '%s'"
                        .formatted(file, line, header.get(places[at]), what, field));
    }

    float number(String[] fields, int at, double scale, int line) {
        String field = field(fields, at);
        try {
            float number = (float) (Double.parseDouble(field) * scale);
            if (Float.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw (IllegalArgumentException) wrong(line, at, "a number", field).initCause(e);
        }
        throw wrong(line, at, "a finite number", field);
    }

    int whole(String[] fields, int at, String what, int line) {
        float number = number(fields, at, 1, line);
        // written so that a fraction fails
        if (!(number >= 0 && number <= MOST && number == (int) number)) {
            throw wrong(line, at, what, field(fields, at));
        }
        return (int) number;
    }

    /** Whether all fields are empty; some alone must not be. */
    boolean isMissing(String[] fields, int line) {
        int empty = 0;
        int last = 0;
        for (int at = 0; at < places.length; at++) {
            if (fields[places[at]].isBlank()) {
                empty++;
                last = at;
            }
        }
        if (empty > 0 && empty < places.length) {
            throw wrong(line, last, "known if the others of '" + owner + "' are", "");
        }
        return empty > 0;
    }
}
