/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

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
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
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
import java.util.ArrayList;
import java.util.List;

/** A dense network: every layer reads the concatenation of all before it. */
@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedDenseNet")
@Packed(m = 1, alpha = 2, name = "SinglePackedDenseNet")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoDenseNet")
@MixMo(m = 3, method = MixMethod.CUTMIX)
@MixMo(m = 1, name = "SingleMixMoDenseNet")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditiveDenseNet")
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleDenseNet")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesDenseNet")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleDenseNet")
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "SingleDeepEnsembleDenseNet")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedDenseNet")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedDenseNet")
public final class DenseNet extends SequentialBlock {

    public DenseNet(int classes) {
        add(conv(12, 3));
        for (int stage = 0; stage < 2; stage++) {
            add(new DenseUnit(2, 10));
            add(BatchNorm.builder().build()).add(Activation::relu).add(conv(14, 1));
            add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(classes).build());
    }

    private static Block conv(int filters, int kernel) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .build();
    }

    /** Layers of a growth rate. */
    private static final class DenseUnit extends AbstractBlock {

        private final List<Block> layers = new ArrayList<>();
        private final int growth;

        DenseUnit(int depth, int growth) {
            this.growth = growth;
            for (int i = 0; i < depth; i++) {
                SequentialBlock layer = new SequentialBlock();
                layer.add(BatchNorm.builder().build()).add(Activation::relu).add(conv(growth, 3));
                layers.add(addChildBlock("layer" + i, layer));
            }
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDList features = new NDList(inputs.singletonOrThrow());
            for (Block layer : layers) {
                NDList all = new NDList(NDArrays.concat(features, 1));
                features.add(layer.forward(store, all, training).singletonOrThrow());
            }
            return new NDList(NDArrays.concat(features, 1));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            long channels = inputs[0].get(1);
            for (Block layer : layers) {
                layer.initialize(manager, type, new Shape(1, channels).addAll(inputs[0].slice(2)));
                channels += growth;
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            Shape x = inputs[0];
            long channels = x.get(1) + (long) layers.size() * growth;
            return new Shape[] {new Shape(x.get(0), channels).addAll(x.slice(2))};
        }
    }
}
