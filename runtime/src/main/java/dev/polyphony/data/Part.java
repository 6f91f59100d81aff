/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Some of the examples of others, read where those are.
 *
 * @param all the others
 * @param indices which of them, in order
 */
record Part(Examples all, int[] indices) implements Examples, Serializable {

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public Shape getShape() {
        return all.getShape();
    }

    @Override
    public DataType getDataType() {
        return all.getDataType();
    }

    @Override
    public InputFormat getInputFormat() {
        return all.getInputFormat();
    }

    @Override
    public List<String> getClassNames() {
        return all.getClassNames();
    }

    @Override
    public Task getTask() {
        return all.getTask();
    }

    @Override
    public int getOutputs() {
        return all.getOutputs();
    }

    @Override
    public String getChecksum() {
        return new Checksum().add(all.getChecksum()).add(indices).get();
    }

    @Override
    public LabeledData read(int... examples) throws IOException, TranslateException {
        return all.read(Arrays.stream(examples).map(example -> indices[example]).toArray());
    }
}
