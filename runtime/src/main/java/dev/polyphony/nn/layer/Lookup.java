/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import dev.polyphony.nn.form.Unit;
import java.util.List;

/**
 * The arithmetic of an embedding: ids {@code [rows, ...]} of any number type become {@code [rows,
 * ..., width]}. What is no number has no embedding: NaN become NaN, and so do the numbers that a
 * cast makes of them.
 *
 * @param name what users call the layer
 * @param items the number of ids
 * @param size the width of the base model's embeddings
 */
record Lookup(String name, long items, long size) implements Unit {

    /** {@inheritDoc} */
    @Override
    public String getName() {
        return name + "(" + items + ", " + size + ")";
    }

    /** {@inheritDoc} */
    @Override
    public boolean takesIds() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public long getWidth() {
        return size;
    }

    /** {@inheritDoc} */
    @Override
    public List<Definition> getDefinitions() {
        return List.of(new Definition("embedding", Parameter.Type.WEIGHT));
    }

    /** {@inheritDoc} */
    @Override
    public Shape getParameterShape(int index, long inputs, long width) {
        return new Shape(items, width);
    }

    /** {@inheritDoc} */
    @Override
    public int getBlocks(int index, int axis) {
        return axis;
    }

    /** {@inheritDoc} */
    @Override
    public boolean readsFeatures(int index) {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    public int getOutputBlocks() {
        return 1;
    }

    /** {@inheritDoc} */
    @Override
    public int getOutputCount() {
        return 1;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape input, long width) {
        return new Shape[] {input.add(width)};
    }

    /** {@inheritDoc} */
    @Override
    public void requireInputs(Shape[] inputs, long width) {
        if (inputs.length != 1) {
            throw new IllegalArgumentException(
                    getName() + " takes one array of ids, but is given " + inputs.length);
        }
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, List<NDArray> parameters, boolean training) {
        NDArray x = inputs.singletonOrThrow();
        IdCheck.require(getName(), x);
        NDArray missing = missing(x);
        NDArray present = NDArrays.where(missing, x.zerosLike(), x);
        NDArray ids = present.toType(DataType.INT64, false);
        NDArray y = Embedding.embedding(ids, parameters.get(0), SparseFormat.DENSE).head();
        NDArray zeros = y.getManager().zeros(x.getShape(), y.getDataType());
        NDArray nan = y.getManager().full(x.getShape(), Float.NaN, y.getDataType());
        return new NDList(y.add(NDArrays.where(missing, nan, zeros).expandDims(-1)));
    }

    private static NDArray missing(NDArray x) {
        return switch (x.getDataType()) {
            case INT64 -> x.eq(Long.MIN_VALUE);
            case INT32 -> x.eq(Integer.MIN_VALUE);
            default -> x.isNaN();
        };
    }
}
