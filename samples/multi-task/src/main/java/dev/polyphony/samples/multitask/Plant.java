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
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Mimo;
import dev.polyphony.Packed;
import dev.polyphony.Task;
import dev.polyphony.TaskKind;

/**
 * Watches a machine with three senses: a thermal image, vibrations, and the words of its log. It
 * tells the regime that the machine runs in, its load, and which of three faults it has.
 */
@Task(name = "regime", kind = TaskKind.CLASSIFICATION)
@Task(name = "load", kind = TaskKind.REGRESSION)
@Task(name = "faults", kind = TaskKind.MULTI_LABEL)
@Packed(m = 4, alpha = 2)
@Mimo(m = 2, batchRepetitions = 2, inputRepetition = 0.5)
public final class Plant extends AbstractBlock {

    private static final int SENSES = 3;

    private final Fusion fusion;
    private final int width;
    private final Block image;
    private final Block vibrations;
    private final Block words;
    private final Block log;
    private final Block gates;
    private final Block keys;
    private final Block scores;
    private final Block trunk;
    private final Block regime;
    private final Block load;
    private final Block faults;

    /**
     * Creates a model.
     *
     * @param fusion how the three senses become one
     * @param width the features of each sense
     */
    public Plant(Fusion fusion, int width) {
        this.fusion = fusion;
        this.width = width;
        image = addChildBlock("image", image(width));
        vibrations = addChildBlock("vibrations", vector(width));
        words =
                addChildBlock(
                        "words",
                        new IdEmbedding.Builder()
                                .setDictionarySize(PlantData.WORDS)
                                .setEmbeddingSize(8)
                                .build());
        log = addChildBlock("log", vector(width));
        boolean isGated = fusion == Fusion.GATED;
        boolean attends = fusion == Fusion.ATTENTION;
        gates = isGated ? addChildBlock("gates", linear(SENSES * width)) : null;
        keys = attends ? addChildBlock("keys", linear(width)) : null;
        scores = attends ? addChildBlock("scores", linear(1)) : null;
        trunk = addChildBlock("trunk", vector(2 * width));
        regime = addChildBlock("regime", linear(PlantData.REGIMES));
        load = addChildBlock("load", linear(1));
        faults = addChildBlock("faults", linear(PlantData.FAULTS));
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Block vector(int units) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(units).build())
                .add(Activation::tanh);
    }

    private static Block image(int units) {
        return new SequentialBlock()
                .add(
                        Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .setFilters(8)
                                .optPadding(new Shape(1, 1))
                                .build())
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(units).build())
                .add(Activation::tanh);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray seen = call(image, inputs.get(0), store, training);
        NDArray felt = call(vibrations, inputs.get(1), store, training);
        NDArray read = call(words, inputs.get(2), store, training).mean(new int[] {1});
        NDArray said = call(log, read, store, training);
        NDArray all =
                call(trunk, fuse(new NDList(seen, felt, said), store, training), store, training);
        return new NDList(
                call(regime, all, store, training),
                call(load, all, store, training),
                call(faults, all, store, training));
    }

    private NDArray fuse(NDList senses, ParameterStore store, boolean training) {
        return switch (fusion) {
            case CONCAT -> NDArrays.concat(senses, 1);
            case SUM -> senses.get(0).add(senses.get(1)).add(senses.get(2));
            case GATED -> {
                NDArray all = NDArrays.concat(senses, 1);
                NDArray open = Activation.sigmoid(call(gates, all, store, training));
                NDList parts = all.mul(open).split(SENSES, 1);
                yield parts.get(0).add(parts.get(1)).add(parts.get(2));
            }
            case ATTENTION -> {
                NDArray rows = NDArrays.stack(senses, 1);
                NDArray key = Activation.tanh(call(keys, rows, store, training));
                NDArray weights = call(scores, key, store, training).softmax(1);
                yield rows.mul(weights).sum(new int[] {1});
            }
        };
    }

    private static NDArray call(Block block, NDArray x, ParameterStore store, boolean training) {
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        image.initialize(manager, type, inputs[0]);
        vibrations.initialize(manager, type, inputs[1]);
        words.initialize(manager, type, inputs[2]);
        log.initialize(manager, type, new Shape(1, 8));
        if (fusion == Fusion.GATED) {
            gates.initialize(manager, type, new Shape(1, SENSES * width));
        }
        if (fusion == Fusion.ATTENTION) {
            keys.initialize(manager, type, new Shape(1, SENSES, width));
            scores.initialize(manager, type, new Shape(1, SENSES, width));
        }
        int fused = fusion == Fusion.CONCAT ? SENSES * width : width;
        trunk.initialize(manager, type, new Shape(1, fused));
        for (Block head : new Block[] {regime, load, faults}) {
            head.initialize(manager, type, new Shape(1, 2 * width));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long rows = inputs[0].get(0);
        return new Shape[] {
            new Shape(rows, PlantData.REGIMES),
            new Shape(rows, 1),
            new Shape(rows, PlantData.FAULTS)
        };
    }
}
