/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

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
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Packed;
import dev.polyphony.Task;
import dev.polyphony.TaskKind;
import dev.polyphony.TaskLoss;
import dev.polyphony.TaskMetric;

/** Reads a digit, and how much ink it took. */
@Task(name = "digit", metric = TaskMetric.MACRO_F1)
@Task(name = "mass", kind = TaskKind.REGRESSION, loss = TaskLoss.HUBER, weight = 0.5)
@Packed(m = 4, alpha = 2)
@DeepEnsemble
public final class DigitAndMass extends AbstractBlock {

    private final Block trunk = addChildBlock("trunk", trunk());
    private final Block digit;
    private final Block mass = addChildBlock("mass", Linear.builder().setUnits(1).build());

    /** Creates a model of {@code classes} digits. */
    public DigitAndMass(int classes) {
        digit = addChildBlock("digit", Linear.builder().setUnits(classes).build());
    }

    private static Block trunk() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(64).build())
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
