/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;

/**
 * Examples that are arrays already.
 *
 * @param shape the shape of one
 * @param dataType {@code FLOAT32} for numbers, {@code INT64} for ids
 */
public record ArrayFormat(Shape shape, DataType dataType) implements InputFormat {

    /** Requires a shape and one of the two data types. */
    public ArrayFormat {
        Objects.requireNonNull(shape, "shape");
        if (dataType != DataType.FLOAT32 && dataType != DataType.INT64) {
            throw new IllegalArgumentException(
                    "Examples are numbers (FLOAT32) or ids (INT64), but not " + dataType);
        }
    }
}
