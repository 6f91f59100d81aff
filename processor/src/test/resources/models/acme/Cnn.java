/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedCnn")
@Packed(m = 1, alpha = 2, name = "SinglePackedCnn")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoCnn")
@MixMo(m = 3, method = MixMethod.CUTMIX)
@MixMo(m = 1, name = "SingleMixMoCnn")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditiveCnn")
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleCnn")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesCnn")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleCnn")
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "SingleDeepEnsembleCnn")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedCnn")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedCnn")
final class Cnn extends SequentialBlock {

    Cnn(int classes) {
        this(classes, 16, 20);
    }

    Cnn(int classes, int... filters) {
        for (int count : filters) {
            add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(count).build());
            add(BatchNorm.builder().optMomentum(0.8f).build());
            add(Activation.reluBlock());
        }
        add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(32).build()).add(Activation::tanh);
        add(Linear.builder().setUnits(classes).build());
    }
}
