/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.model;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.LabeledData;
import java.io.IOException;

/** 1,797 handwritten digits of 8x8 pixels, as rows of a table: {@code label, p0, ..., p63}. */
public final class Digits {

    /** The pixels of a digit. */
    public static final int PIXELS = 64;

    /** The digits that there are. */
    public static final int CLASSES = 10;

    /** Pixels are whole numbers up to 16; the model sees them from 0 to 1. */
    private static final double SCALE = 1.0 / 16;

    /** To train, to watch the training, to test. */
    private static final double[] SHARES = {0.6, 0.15, 0.25};

    private Digits() {}

    /**
     * Reads all digits.
     *
     * @return the digits, each an array of the shape {@code [64]}
     * @throws IOException if they cannot be read
     */
    public static LabeledData read() throws IOException {
        return CsvFiles.read(Digits.class, "digits.csv", new Shape(PIXELS), SCALE);
    }

    /**
     * Reads the digits in three parts, which hold each class alike.
     *
     * @return those to train on, to watch the training, to test
     * @throws IOException if they cannot be read
     */
    public static LabeledData[] readParts() throws IOException {
        return read().splitStratified(1, SHARES);
    }
}
