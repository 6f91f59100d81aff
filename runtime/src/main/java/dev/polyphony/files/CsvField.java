/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.files;

/** A field of a CSV file, as RFC 4180 has it. */
public final class CsvField {

    private CsvField() {}

    /**
     * Writes a text as a field: in quotes if it has a comma, a quote or a line break.
     *
     * @param text the text
     * @return the field
     */
    public static String quote(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
