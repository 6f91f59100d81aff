/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A linear layer for each member, on features that stand side by side: {@code [B, M*c]}. */
final class GroupedLinear extends AbstractBlock {

    private final int members;
    private final int units;
    private final Parameter weight;
    private final Parameter bias;

    GroupedLinear(int members, int units) {
        this.members = members;
        this.units = units;
        weight = addParameter(parameter("weight", Parameter.Type.WEIGHT));
        bias = addParameter(parameter("bias", Parameter.Type.BIAS));
    }

    private static Parameter parameter(String name, Parameter.Type type) {
        return Parameter.builder().setName(name).setType(type).build();
    }

    /** {@inheritDoc} */
    @Override
    protected void prepare(Shape[] inputs) {
        long width = inputs[0].get(1) / members;
        weight.setShape(new Shape((long) members * units, width));
        bias.setShape(new Shape((long) members * units));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        NDArray w = store.getValue(weight, x.getDevice(), training);
        NDArray b = store.getValue(bias, x.getDevice(), training);
        long rows = x.getShape().get(0);
        long width = x.getShape().get(1) / members;
        NDArray blocks = w.reshape(members, units, width);
        blocks.attach(x.getManager());
        NDArray y =
                x.reshape(rows, members, width)
                        .transpose(1, 0, 2)
                        .batchMatMul(blocks.transpose(0, 2, 1))
                        .transpose(1, 0, 2)
                        .reshape(rows, (long) members * units);
        return new NDList(y.add(b));
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), (long) members * units)};
    }
}
