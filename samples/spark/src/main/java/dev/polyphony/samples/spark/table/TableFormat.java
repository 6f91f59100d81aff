/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.table;

/** What files a table consists of. */
public enum TableFormat {
    /** Columns with types. */
    PARQUET,

    /** Lines of text, the first of which names the columns. */
    CSV,

    /**
     * The same with line breaks in quoted fields: a file cannot be cut, and is read by one task.
     */
    MULTILINE,

    /**
     * A folder of images, a row each: {@code path}, {@code modificationTime}, {@code length},
     * {@code content}.
     */
    IMAGES
}
