/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import java.io.Serializable;
import java.util.List;

/**
 * How a table is scored; sent to the executors.
 *
 * @param batchSize the rows of a forward pass
 * @param features the column of arrays or of image bytes; null to go by the model's input
 * @param columns the columns with a number each, in order; empty to go by the model's input
 * @param malformed the column with the text of lines that do not fit the header; null if none
 * @param interval the share that intervals of numbers are to hold
 * @param prefix what the names of new columns begin with
 */
record ScoreSettings(
        int batchSize,
        String features,
        List<String> columns,
        String malformed,
        double interval,
        String prefix)
        implements Serializable {}
