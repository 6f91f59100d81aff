/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import org.apache.spark.sql.Row;

/** Turns a row into features. */
@FunctionalInterface
interface RowReader {

    /**
     * Writes the features of a row.
     *
     * @param row the row
     * @param features where to
     * @param at the index of the first
     * @return null if all is well; else why the row cannot be scored
     */
    String read(Row row, float[] features, int at);
}
