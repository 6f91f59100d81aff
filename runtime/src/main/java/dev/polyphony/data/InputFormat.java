/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;

/**
 * What an example is before it is an array: an image, a row of a table, or an array already.
 * Training data say it of themselves, so that what is predicted later is read in the same way.
 */
public sealed interface InputFormat extends Serializable
        permits ArrayFormat, ImageFormat, TableFormat {

    /**
     * Returns the shape of the array that an example becomes.
     *
     * @return the shape, without an axis for examples
     */
    Shape shape();

    /**
     * Returns the data type of that array.
     *
     * @return {@code FLOAT32} for numbers, {@code INT64} for ids
     */
    DataType dataType();
}
