/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The body of MC dropout: one model, several passes. */
final class DropoutPasses implements Body {

    private final Block model;
    private final List<Block> shared;
    private final List<Block> repeated;
    private final int[] seeds;

    DropoutPasses(Block model, int passes, long seed) {
        this.model = model;
        List<Block> steps = DropoutWalk.getSteps(model);
        int first = 0;
        while (!DropoutWalk.draws(steps.get(first))) {
            first++;
        }
        shared = List.copyOf(steps.subList(0, first));
        repeated = List.copyOf(steps.subList(first, steps.size()));
        SplittableRandom random = new SplittableRandom(seed);
        seeds = random.ints(passes, 0, Integer.MAX_VALUE).toArray();
    }

    List<Block> getSharedBlocks() {
        return shared;
    }

    List<Block> getRepeatedBlocks() {
        return repeated;
    }

    /** {@inheritDoc} */
    @Override
    public Block asPart() {
        throw new IllegalStateException(
                "MC dropout is of a whole model, not a part of an ensemble");
    }

    /** {@inheritDoc} */
    @Override
    public void prepare(NDManager manager, DataType dataType, Shape[] inputs) {
        // the model has been trained
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return model.getOutputShapes(inputs);
    }

    /** {@inheritDoc} */
    @Override
    public void allocate(NDManager manager, DataType dataType) {
        // the model has its parameters
    }

    /** {@inheritDoc} */
    @Override
    public NDList forward(ParameterStore parameterStore, Inputs inputs) {
        if (inputs.training() || inputs.distinct()) {
            throw new IllegalStateException(
                    "MC dropout answers for examples [B, ...] in prediction: to train, train the plain model");
        }
        NDList features = inputs.own();
        for (Block block : shared) {
            features = block.forward(parameterStore, features, false);
        }
        List<NDList> answers = new ArrayList<>();
        for (int seed : seeds) {
            Engine.getInstance().setRandomSeed(seed);
            NDList current = features;
            for (Block block : repeated) {
                current = DropoutWalk.forward(block, parameterStore, current);
            }
            answers.add(current);
        }
        NDList outputs = new NDList();
        for (int i = 0; i < answers.get(0).size(); i++) {
            int output = i;
            NDArray[] each = answers.stream().map(y -> y.get(output)).toArray(NDArray[]::new);
            outputs.add(NDArrays.stack(new NDList(each), 1));
        }
        return outputs;
    }

    /** {@inheritDoc} */
    @Override
    public int getForwardCalls() {
        return seeds.length;
    }

    /** {@inheritDoc} */
    @Override
    public String startFrom(String name, WarmStart start) {
        throw new IllegalArgumentException(
                name + " is made of a trained model, and starts from it");
    }

    /** {@inheritDoc} */
    @Override
    public void extract(String name, int member, Block model) {
        throw new IllegalArgumentException(
                "The passes of "
                        + name
                        + " are no models of their own: take the plain model that they are of");
    }
}
