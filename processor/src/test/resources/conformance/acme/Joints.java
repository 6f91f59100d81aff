/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Two inputs, two outputs, and every way in which features come together. */
final class Joints extends AbstractBlock {

    private final Conv2d stem;
    private final BatchNorm norm;
    private final Conv2d branch;
    private final Linear side;
    private final LayerNorm both;
    private final Linear twice;
    private final Linear head;
    private final Linear second;
    private final BatchNorm behind;

    Joints() {
        super((byte) 1);
        stem = addChildBlock("stem", conv(6));
        norm = addChildBlock("norm", BatchNorm.builder().build());
        branch = addChildBlock("branch", conv(6));
        side = addChildBlock("side", Linear.builder().setUnits(8).build());
        both = addChildBlock("both", LayerNorm.builder().build());
        twice = addChildBlock("twice", Linear.builder().setUnits(108).build());
        head = addChildBlock("head", Linear.builder().setUnits(5).build());
        second = addChildBlock("second", Linear.builder().setUnits(4).build());
        behind = addChildBlock("behind", BatchNorm.builder().build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList x =
                norm.forward(
                        store, stem.forward(store, new NDList(inputs.get(0)), training), training);
        NDArray sum = x.head().add(branch.forward(store, x, training).head());
        NDArray flat = sum.reshape(sum.getShape().get(0), -1);
        NDArray own = side.forward(store, new NDList(inputs.get(1)), training).head();
        // 96 features of the image, 8 of the side, 4 raw numbers
        NDArray raw = inputs.get(1).concat(inputs.get(1).get(":, :1"), 1);
        NDArray joined = NDArrays.concat(new NDList(flat, own, raw), 1);
        NDList y = both.forward(store, new NDList(joined), training);
        y = Activation.relu(twice.forward(store, y, training));
        y = twice.forward(store, y, training);
        NDList z = second.forward(store, new NDList(own), training);
        return new NDList(
                head.forward(store, y, training).head(), behind.forward(store, z, training).head());
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        stem.initialize(manager, type, inputs[0]);
        norm.initialize(manager, type, new Shape(1, 6, 4, 4));
        branch.initialize(manager, type, new Shape(1, 6, 4, 4));
        side.initialize(manager, type, inputs[1]);
        both.initialize(manager, type, new Shape(1, 108));
        twice.initialize(manager, type, new Shape(1, 108));
        head.initialize(manager, type, new Shape(1, 108));
        second.initialize(manager, type, new Shape(1, 8));
        behind.initialize(manager, type, new Shape(1, 4));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long batch = inputs[0].get(0);
        return new Shape[] {new Shape(batch, 5), new Shape(batch, 4)};
    }

    private static Conv2d conv(int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .setFilters(filters)
                .build();
    }
}
