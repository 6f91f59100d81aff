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
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import dev.polyphony.Packed;
import java.util.function.Supplier;

@Packed(m = 3, alpha = 3)
@Packed(m = 3, alpha = 1.5, name = "NarrowScaled")
@Packed(m = 1, name = "SingleScaled")
public final class Scaled extends AbstractBlock {

    private static final int WIDTH = 12;

    private final Block trunk;
    private final Scale scale;
    private final Linear last;

    public Scaled(int classes) {
        SequentialBlock blocks = new SequentialBlock();
        Supplier<Gate> gate = Gate::new;
        for (float start = 0.5f; start < 2; start += 1) {
            float own = start;
            blocks.add(Linear.builder().setUnits(WIDTH).build());
            blocks.add(new Scale(own * 2)).add(Activation::tanh).add(gate.get());
        }
        trunk = addChildBlock("trunk", blocks);
        scale = addChildBlock("scale", Scale.of(WIDTH));
        last = addChildBlock("last", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList x = trunk.forward(parameters, inputs, training);
        NDList scaled = scale.forward(parameters, x, training);
        return last.forward(parameters, scaled, training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        trunk.initialize(manager, type, inputs);
        Shape[] features = trunk.getOutputShapes(inputs);
        scale.initialize(manager, type, features);
        last.initialize(manager, type, scale.getOutputShapes(features));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return last.getOutputShapes(inputs);
    }

    /** A factor for each feature. */
    private static final class Scale extends AbstractBlock {

        private final Parameter factor;

        Scale(double deviation) {
            factor =
                    addParameter(
                            Parameter.builder()
                                    .setName("factor")
                                    .setType(Parameter.Type.WEIGHT)
                                    .optInitializer(new NormalInitializer((float) deviation))
                                    .build());
        }

        static Scale of(int inputs) {
            return new Scale(1 / Math.sqrt(inputs));
        }

        @Override
        protected void prepare(Shape[] inputs) {
            factor.setShape(new Shape(inputs[0].get(1)));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore parameters,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray x = inputs.singletonOrThrow();
            return new NDList(x.mul(parameters.getValue(factor, x.getDevice(), training)));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }
}

/** Multiplies features by the sigmoid of a linear map of them. */
final class Gate extends AbstractBlock {

    private final Parameter matrix =
            addParameter(
                    Parameter.builder()
                            .setName("matrix")
                            .setType(Parameter.Type.WEIGHT)
                            .optInitializer(new NormalInitializer(1))
                            .build());

    @Override
    protected void prepare(Shape[] inputs) {
        matrix.setShape(new Shape(inputs[0].get(1), inputs[0].get(1)));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        NDArray map = x.matMul(parameters.getValue(matrix, x.getDevice(), training));
        return new NDList(x.mul(Activation.sigmoid(map)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs;
    }
}
