/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
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
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Mimo;
import dev.polyphony.Packed;
import dev.polyphony.Task;
import dev.polyphony.TaskKind;
import dev.polyphony.TaskLoss;

/**
 * Looks at a garment and at what its shelf is said to hold, which is wrong at times, and tells what
 * it is, what it covers, and how large it is in the picture.
 */
@Task(name = "garment", kind = TaskKind.CLASSIFICATION)
@Task(name = "covers", kind = TaskKind.MULTI_LABEL)
@Task(name = "area", kind = TaskKind.REGRESSION, loss = TaskLoss.HUBER)
@Packed(m = 4, alpha = 2)
@Mimo(m = 2, batchRepetitions = 2, inputRepetition = 0.5)
public final class Garment extends AbstractBlock {

    private final Block image;
    private final Block shelf;
    private final Block trunk;
    private final Block garment;
    private final Block covers;
    private final Block area;

    /**
     * Creates a model.
     *
     * @param width the filters of the first convolution
     */
    public Garment(int width) {
        image = addChildBlock("image", image(width));
        shelf = addChildBlock("shelf", vector(16));
        trunk = addChildBlock("trunk", vector(64).add(Dropout.builder().optRate(0.2f).build()));
        garment = addChildBlock("garment", Linear.builder().setUnits(10).build());
        covers = addChildBlock("covers", Linear.builder().setUnits(GarmentData.PARTS).build());
        area = addChildBlock("area", Linear.builder().setUnits(1).build());
    }

    private static SequentialBlock vector(int units) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(units).build())
                .add(Activation::relu);
    }

    private static Block image(int width) {
        SequentialBlock layers = new SequentialBlock();
        for (int filters : new int[] {width, 2 * width}) {
            layers.add(
                            Conv2d.builder()
                                    .setKernelShape(new Shape(3, 3))
                                    .setFilters(filters)
                                    .optPadding(new Shape(1, 1))
                                    .build())
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        return layers.add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(64).build())
                .add(Activation::relu);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray seen = call(image, inputs.get(0), store, training);
        NDArray told = call(shelf, inputs.get(1), store, training);
        NDArray both = NDArrays.concat(new NDList(seen, told), 1);
        NDArray all = call(trunk, both, store, training);
        return new NDList(
                call(garment, all, store, training),
                call(covers, all, store, training),
                call(area, all, store, training));
    }

    private static NDArray call(Block block, NDArray x, ParameterStore store, boolean training) {
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        image.initialize(manager, type, inputs[0]);
        shelf.initialize(manager, type, inputs[1]);
        trunk.initialize(manager, type, new Shape(1, 64 + 16));
        for (Block head : new Block[] {garment, covers, area}) {
            head.initialize(manager, type, new Shape(1, 64));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long rows = inputs[0].get(0);
        return new Shape[] {
            new Shape(rows, 10), new Shape(rows, GarmentData.PARTS), new Shape(rows, 1)
        };
    }
}
