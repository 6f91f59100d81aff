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
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;
import java.util.ArrayList;
import java.util.List;

/** Returns in the middle of its forward pass where the rest is for training alone. */
@Packed(m = 3)
@Packed(m = 1, name = "SinglePackedEarlyReturns")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleEarlyReturns")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleEarlyReturns")
public final class EarlyReturns extends AbstractBlock {

    private final List<Block> hidden = new ArrayList<>();
    private final Block dropout;
    private final Block head;

    public EarlyReturns(int classes) {
        for (int units : new int[] {18, 12}) {
            Block layer = Linear.builder().setUnits(units).build();
            hidden.add(addChildBlock("hidden" + units, layer));
        }
        dropout = addChildBlock("dropout", Dropout.builder().build());
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList x = inputs;
        for (int i = 0; i < hidden.size(); i++) {
            x = Activation.relu(hidden.get(i).forward(parameters, x, training));
            if (i == hidden.size() - 1 && !training) {
                return head.forward(parameters, x, false);
            }
        }
        x = dropout.forward(parameters, x, true);
        return head.forward(parameters, x, true);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape[] shapes = inputs;
        for (Block child : getChildren().values()) {
            child.initialize(manager, type, shapes);
            shapes = child.getOutputShapes(shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return head.getOutputShapes(inputs);
    }
}
