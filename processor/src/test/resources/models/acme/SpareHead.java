/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.Mimo;
import dev.polyphony.Packed;

/** A model that for many classes registers a head that it never uses. */
@Packed(m = 3)
@Mimo(m = 3)
public final class SpareHead extends AbstractBlock {

    private final Block first = addChildBlock("first", Linear.builder().setUnits(12).build());
    private final Block head;

    public SpareHead(int classes) {
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
        if (classes > 3) {
            addChildBlock("spare", Linear.builder().setUnits(3).build());
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        return head.forward(store, first.forward(store, inputs, training), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        first.initialize(manager, type, inputs);
        for (Block child : getChildren().values().subList(1, getChildren().size())) {
            child.initialize(manager, type, new Shape(1, 12));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return head.getOutputShapes(first.getOutputShapes(inputs));
    }
}
