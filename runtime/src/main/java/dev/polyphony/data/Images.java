/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Images of classes with names: what follows from their format and their classes. */
interface Images extends Examples, Serializable {

    @Override
    ImageFormat getInputFormat();

    @Override
    List<String> getClassNames();

    @Override
    default Shape getShape() {
        return getInputFormat().shape();
    }

    @Override
    default DataType getDataType() {
        return getInputFormat().dataType();
    }

    @Override
    default Task getTask() {
        return Task.CLASSIFICATION;
    }

    @Override
    default int getOutputs() {
        return getClassNames().size();
    }

    /** Divides images of these classes, so that all parts have the same mix of them. */
    static Examples[] divide(Images images, int[] labels, long seed, double... fractions) {
        return Arrays.stream(Splits.stratified(labels, images.getOutputs(), seed, fractions))
                .map(part -> new Part(images, part))
                .toArray(Examples[]::new);
    }
}
