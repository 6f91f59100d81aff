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
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/** Reads the labels in training, and knows none in prediction. */
@Packed(m = 3)
@Packed(m = 1, name = "SinglePackedHinted")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleHinted")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleHinted")
public final class Hinted extends AbstractBlock {

    private static final int WIDTH = 18;

    private final int classes;
    private final Linear stem;
    private final Linear hint;
    private final Linear head;

    public Hinted(int classes) {
        this.classes = classes;
        stem = addChildBlock("stem", Linear.builder().setUnits(WIDTH).build());
        hint = addChildBlock("hint", Linear.builder().setUnits(WIDTH).build());
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        Shape labels = new Shape(x.getShape().get(0), classes);
        return answer(parameters, inputs, x.getManager().zeros(labels), training);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList data,
            NDList labels,
            PairList<String, Object> params) {
        return answer(parameters, data, labels.singletonOrThrow(), true);
    }

    private NDList answer(
            ParameterStore parameters, NDList inputs, NDArray labels, boolean training) {
        NDArray x = stem.forward(parameters, inputs, training).singletonOrThrow();
        NDArray known = hint.forward(parameters, new NDList(labels), training).singletonOrThrow();
        return head.forward(parameters, new NDList(Activation.tanh(x.add(known))), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        stem.initialize(manager, type, inputs);
        hint.initialize(manager, type, new Shape(1, classes));
        head.initialize(manager, type, new Shape(1, WIDTH));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), classes)};
    }
}
