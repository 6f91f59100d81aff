/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A deep ensemble: copies of the model. */
public final class Copies extends AbstractBlock {

    private final List<Block> copies = new ArrayList<>();
    private final Shape base;

    /**
     * Creates the copies.
     *
     * @param members how many
     * @param model makes one
     * @param base the shape of one example
     */
    @SuppressWarnings("this-escape")
    public Copies(int members, Supplier<? extends Block> model, Shape base) {
        this.base = base;
        for (int m = 0; m < members; m++) {
            copies.add(addChildBlock("copy" + m, model.get()));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        for (Block copy : copies) {
            copy.initialize(manager, type, new Shape(inputs[0].get(0)).addAll(base));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        boolean distinct = x.getShape().dimension() > base.dimension() + 1;
        NDList answers = new NDList();
        for (int m = 0; m < copies.size(); m++) {
            NDArray own = distinct ? x.get(new NDIndex(":, {}", m)) : x;
            answers.add(copies.get(m).forward(store, new NDList(own), training).head());
        }
        return new NDList(NDArrays.stack(answers, 1));
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape one = new Shape(inputs[0].get(0)).addAll(base);
        Shape output = copies.get(0).getOutputShapes(new Shape[] {one})[0];
        return new Shape[] {new Shape(one.get(0), copies.size()).addAll(output.slice(1))};
    }
}
