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

/** BatchEnsemble's vectors around a layer that all members share. */
final class FastWeights extends AbstractBlock {

    private final int members;
    private final int units;
    private final int axes;
    private final Block layer;
    private final Parameter r;
    private final Parameter s;
    private final Parameter bias;

    /** A linear layer, without axes behind the channels, has a bias for each member. */
    FastWeights(int members, Block layer, int units, int axes) {
        this.members = members;
        this.units = units;
        this.axes = axes;
        this.layer = addChildBlock("layer", layer);
        r = addParameter(parameter("r"));
        s = addParameter(parameter("s"));
        bias = axes == 0 ? addParameter(parameter("bias")) : null;
    }

    private static Parameter parameter(String name) {
        return Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ONES)
                .build();
    }

    /** {@inheritDoc} */
    @Override
    protected void prepare(Shape[] inputs) {
        r.setShape(new Shape(members, inputs[0].get(1)));
        s.setShape(new Shape(members, units));
        if (bias != null) {
            bias.setShape(new Shape(members, units));
        }
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
        NDArray scaled = rows(apart(x).mul(value(store, r, x, training)));
        NDArray y = layer.forward(store, new NDList(scaled), training).singletonOrThrow();
        NDArray own = apart(y).mul(value(store, s, x, training));
        return new NDList(rows(bias == null ? own : own.add(value(store, bias, x, training))));
    }

    private NDArray value(ParameterStore store, Parameter parameter, NDArray x, boolean training) {
        NDArray array = store.getValue(parameter, x.getDevice(), training);
        long[] dims = new long[2 + axes];
        Arrays.fill(dims, 1);
        dims[0] = members;
        dims[1] = array.getShape().get(1);
        NDArray view = array.reshape(dims);
        view.attach(x.getManager());
        return view;
    }

    private NDArray apart(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(new Shape(shape.get(0) / members, members).addAll(shape.slice(1)));
    }

    private static NDArray rows(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(new Shape(shape.get(0) * shape.get(1)).addAll(shape.slice(2)));
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return layer.getOutputShapes(inputs);
    }
}
