/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.model;

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
import dev.polyphony.FastWeightInit;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/**
 * A small convolutional network for images of 32x32 pixels: three convolutions, each halved by a
 * pool, and a hidden layer.
 */
@DeepEnsemble(m = 1, name = "PlainCifarNet")
@DeepEnsemble(m = 3)
@Mimo(m = 3)
@Mimo(m = 2, batchRepetitions = 2, name = "PairMimoCifarNet")
@MixMo(m = 2, method = MixMethod.LINEAR, batchRepetitions = 2, name = "LinearMixMoCifarNet")
@MixMo(m = 2, method = MixMethod.CUTMIX, batchRepetitions = 2, name = "CutMixMoCifarNet")
@BatchEnsemble(m = 3)
@BatchEnsemble(
        m = 3,
        form = FastWeightForm.ADDITIVE,
        init = FastWeightInit.NORMAL,
        name = "AdditiveBatchEnsembleCifarNet")
@Packed(m = 3, alpha = 2, gamma = 1)
@Masksembles(m = 3)
@SubEnsemble(m = 3)
public final class CifarNet extends SequentialBlock {

    /**
     * Creates a network.
     *
     * @param width the filters of the first convolution; the second and third have twice as many
     * @param hidden the units of the hidden layer
     * @param classes the number of outputs
     */
    public CifarNet(int width, int hidden, int classes) {
        for (int filters : new int[] {width, 2 * width, 2 * width}) {
            add(convolution(filters)).add(BatchNorm.builder().build()).add(Activation::relu);
            add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(hidden).build()).add(Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }

    private static Conv2d convolution(int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(filters)
                .optPadding(new Shape(1, 1))
                .optBias(false)
                .build();
    }
}
