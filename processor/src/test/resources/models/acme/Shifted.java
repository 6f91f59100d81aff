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
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

@Packed(m = 1)
@Mimo(m = 3)
@MixMo(m = 3, method = MixMethod.LINEAR)
@BatchEnsemble(m = 3)
@Masksembles(m = 3)
@SubEnsemble(m = 3)
public final class Shifted extends AbstractBlock {

    private static final int WIDTH = 16;

    private final Linear first;
    private final Scale scale;
    private final Linear last;
    private final Parameter shift;

    public Shifted(int classes) {
        first = addChildBlock("first", Linear.builder().setUnits(WIDTH).build());
        scale = addChildBlock("scale", new Scale());
        last = addChildBlock("last", Linear.builder().setUnits(classes).build());
        shift =
                addParameter(
                        Parameter.builder()
                                .setName("shift")
                                .setType(Parameter.Type.BIAS)
                                .optShape(new Shape(WIDTH))
                                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = first.forward(parameters, inputs, training).singletonOrThrow();
        NDArray moved = x.add(parameters.getValue(shift, x.getDevice(), training));
        NDList scaled = scale.forward(parameters, new NDList(moved), training);
        return last.forward(parameters, scaled, training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        first.initialize(manager, type, inputs);
        scale.initialize(manager, type, new Shape(1, WIDTH));
        last.initialize(manager, type, new Shape(1, WIDTH));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return last.getOutputShapes(inputs);
    }

    private static final class Scale extends AbstractBlock {

        private final Parameter factor;

        Scale() {
            factor =
                    addParameter(
                            Parameter.builder()
                                    .setName("factor")
                                    .setType(Parameter.Type.WEIGHT)
                                    .optInitializer(new NormalInitializer(1))
                                    .build());
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
