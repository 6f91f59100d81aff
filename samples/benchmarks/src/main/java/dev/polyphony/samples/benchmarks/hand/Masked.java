/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.Arrays;

/** A mask for each member before a layer that all of them share. */
final class Masked extends AbstractBlock {

    private final int members;
    private final int axes;
    private final Block layer;
    private final Parameter mask;

    Masked(int members, Block layer, int axes) {
        this.members = members;
        this.axes = axes;
        this.layer = addChildBlock("layer", layer);
        mask =
                addParameter(
                        Parameter.builder()
                                .setName("mask")
                                .setType(Parameter.Type.OTHER)
                                .optInitializer(Initializer.ONES)
                                .build());
        mask.freeze(true);
    }

    /** {@inheritDoc} */
    @Override
    protected void prepare(Shape[] inputs) {
        mask.setShape(new Shape(members, inputs[0].get(1)));
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        layer.initialize(manager, type, inputs);
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        Shape shape = x.getShape();
        NDArray values = store.getValue(mask, x.getDevice(), training);
        long[] dims = new long[2 + axes];
        Arrays.fill(dims, 1);
        dims[0] = members;
        dims[1] = shape.get(1);
        NDArray view = values.reshape(dims);
        view.attach(x.getManager());
        NDArray masked =
                x.reshape(new Shape(shape.get(0) / members, members).addAll(shape.slice(1)))
                        .mul(view)
                        .reshape(shape);
        return layer.forward(store, new NDList(masked), training);
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return layer.getOutputShapes(inputs);
    }
}
