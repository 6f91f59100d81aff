/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/** A residual network whose forward pass, shapes and units are its own code. */
@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedResidualNet")
@Packed(m = 1, alpha = 2, name = "SinglePackedResidualNet")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoResidualNet")
@MixMo(m = 3, method = MixMethod.CUTMIX)
@MixMo(m = 1, name = "SingleMixMoResidualNet")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditiveResidualNet")
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleResidualNet")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesResidualNet")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleResidualNet")
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "SingleDeepEnsembleResidualNet")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedResidualNet")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedResidualNet")
public final class ResidualNet extends AbstractBlock {

    private static final byte VERSION = 3;

    private final Conv2d stem;
    private final Block first;
    private final Block second;
    private final LayerNorm norm;
    private final Linear head;

    public ResidualNet(int classes) {
        super(VERSION);
        stem = addChildBlock("stem", conv(12, 3, 1));
        first = addChildBlock("first", new Unit(12, false));
        second = addChildBlock("second", new Unit(16, true));
        norm = addChildBlock("norm", LayerNorm.builder().build());
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList x = Activation.relu(stem.forward(store, inputs, training));
        x = second.forward(store, first.forward(store, x, training), training);
        // the mean and the largest value of each channel, side by side
        NDArray maps = x.singletonOrThrow();
        NDArray flat = maps.reshape(maps.getShape().get(0), maps.getShape().get(1), -1);
        NDArray both =
                NDArrays.concat(new NDList(flat.mean(new int[] {2}), flat.max(new int[] {2})), 1);
        return head.forward(store, norm.forward(store, new NDList(both), training), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape[] shapes = inputs;
        for (Block block : new Block[] {stem, first, second}) {
            block.initialize(manager, type, shapes);
            shapes = block.getOutputShapes(shapes);
        }
        norm.initialize(manager, type, new Shape(1, 32));
        head.initialize(manager, type, new Shape(1, 32));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {head.getOutputShapes(new Shape[] {new Shape(inputs[0].get(0), 32)})[0]};
    }

    private static Conv2d conv(int filters, int kernel, int stride) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optStride(new Shape(stride, stride))
                .setFilters(filters)
                .build();
    }

    /** Two convolutions and a shortcut. */
    private static final class Unit extends AbstractBlock {

        private final SequentialBlock branch = new SequentialBlock();
        private final Conv2d shortcut;

        Unit(int filters, boolean shrink) {
            int stride = shrink ? 2 : 1;
            branch.add(conv(filters, 3, stride)).add(BatchNorm.builder().build());
            branch.add(Activation::relu).add(conv(filters, 3, 1)).add(BatchNorm.builder().build());
            addChildBlock("branch", branch);
            shortcut = shrink ? addChildBlock("shortcut", conv(filters, 1, stride)) : null;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray x = branch.forward(store, inputs, training).singletonOrThrow();
            NDList skip = shortcut == null ? inputs : shortcut.forward(store, inputs, training);
            return new NDList(Activation.relu(x.add(skip.singletonOrThrow())));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            branch.initialize(manager, type, inputs);
            if (shortcut != null) {
                shortcut.initialize(manager, type, inputs);
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return branch.getOutputShapes(inputs);
        }
    }
}
