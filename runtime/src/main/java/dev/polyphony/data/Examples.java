/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples to train on or to judge by, in memory or elsewhere: {@link LabeledData} holds all of
 * them, {@link ImageFolder} and {@link StreamedDataset} read some at a time.
 */
public interface Examples {

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    int size();

    /**
     * Returns the shape of one example.
     *
     * @return the shape, without an axis for examples
     */
    Shape getShape();

    /**
     * Returns the data type of the features.
     *
     * @return {@code FLOAT32} for numbers, {@code INT64} for ids
     */
    DataType getDataType();

    /**
     * Returns what an example was before it was an array, by which later ones are read alike.
     *
     * @return the format; that of arrays if nothing else is known
     */
    default InputFormat getInputFormat() {
        return new ArrayFormat(getShape(), getDataType());
    }

    /**
     * Returns the names of the classes or labels.
     *
     * @return the names, by number; none if they are not known
     */
    default List<String> getClassNames() {
        return List.of();
    }

    /**
     * Returns what a model of these examples answers.
     *
     * @return the task
     */
    Task getTask();

    /**
     * Returns how many numbers a model of these examples gives for each.
     *
     * @return the classes, labels or targets; 0 if the right answers are not known
     */
    int getOutputs();

    /**
     * Returns whether the right answers are known.
     *
     * @return whether there are labels or targets
     */
    default boolean hasLabels() {
        return getOutputs() > 0;
    }

    /**
     * Returns what tells these examples from others of the same number and shape, by which a
     * training that is resumed knows its data.
     *
     * @return a checksum of the examples in their order: of data in memory all numbers count, of
     *     images in folders names and sizes, of streamed data sets a sample; {@code unknown} for
     *     others
     */
    default String getChecksum() {
        return "unknown";
    }

    /**
     * Reads examples. Called from several threads at once.
     *
     * @param examples which, from 0; may repeat
     * @return the examples in this order, of this shape, data type, task and outputs
     * @throws IOException if one cannot be read
     * @throws TranslateException if the pipeline of a DJL data set fails
     * @throws IllegalArgumentException if an index is no example, or one holds what cannot be
     *     trained on
     */
    LabeledData read(int... examples) throws IOException, TranslateException;

    /**
     * Reads all examples into memory.
     *
     * @return the data
     * @throws IOException if one cannot be read
     * @throws TranslateException if the pipeline of a DJL data set fails
     */
    default LabeledData readAll() throws IOException, TranslateException {
        return read(IntStream.range(0, size()).toArray());
    }

    /**
     * Divides the examples at random.
     *
     * @param seed the seed; the same seed gives the same parts
     * @param fractions the share of each part, together at most 1
     * @return the parts, which read from these
     * @throws IllegalArgumentException if a share is not above 0, they exceed 1, or a part is empty
     */
    default Examples[] split(long seed, double... fractions) {
        return Arrays.stream(Splits.plain(size(), seed, fractions))
                .map(part -> new Part(this, part))
                .toArray(Examples[]::new);
    }
}
