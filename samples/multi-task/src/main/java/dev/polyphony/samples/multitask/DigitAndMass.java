/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Mimo;
import dev.polyphony.Packed;
import dev.polyphony.Task;
import dev.polyphony.TaskKind;

/** Reads a digit of 8x8 pixels, and how much ink it took. */
@Task(name = "digit", kind = TaskKind.CLASSIFICATION)
@Task(name = "mass", kind = TaskKind.REGRESSION)
@Packed(m = 4, alpha = 2)
@Mimo(m = 2, batchRepetitions = 2, inputRepetition = 0.5)
public final class DigitAndMass extends AbstractBlock {

    private final Block trunk;
    private final Block digit;
    private final Block mass;

    /**
     * Creates a model.
     *
     * @param width the filters of the first convolution
     */
    public DigitAndMass(int width) {
        trunk = addChildBlock("trunk", trunk(width));
        digit = addChildBlock("digit", Linear.builder().setUnits(10).build());
        mass = addChildBlock("mass", Linear.builder().setUnits(1).build());
    }

    private static Block trunk(int width) {
        SequentialBlock layers = new SequentialBlock();
        for (int filters : new int[] {width, 2 * width}) {
            layers.add(
                            Conv2d.builder()
                                    .setKernelShape(new Shape(3, 3))
                                    .setFilters(filters)
                                    .optPadding(new Shape(1, 1))
                                    .build())
                    .add(BatchNorm.builder().build())
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        return layers.add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(32).build())
                .add(Activation::relu);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList features = trunk.forward(store, inputs, training);
        NDArray classes = digit.forward(store, features, training).singletonOrThrow();
        NDArray ink = mass.forward(store, features, training).singletonOrThrow();
        return new NDList(classes, ink);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        trunk.initialize(manager, type, inputs);
        Shape[] features = trunk.getOutputShapes(inputs);
        digit.initialize(manager, type, features);
        mass.initialize(manager, type, features);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape[] features = trunk.getOutputShapes(inputs);
        return new Shape[] {digit.getOutputShapes(features)[0], mass.getOutputShapes(features)[0]};
    }
}
