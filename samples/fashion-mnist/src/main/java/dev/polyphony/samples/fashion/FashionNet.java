/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.fashion;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/** A small convolutional network for gray images of 28x28 pixels. */
@Mimo(m = 2, batchRepetitions = 2)
@MixMo(m = 2, batchRepetitions = 2)
@BatchEnsemble(m = 4)
@Packed(m = 4, alpha = 2, gamma = 1)
@Masksembles(m = 4)
@SubEnsemble(m = 4)
@DeepEnsemble(m = 4)
public final class FashionNet extends SequentialBlock {

    /**
     * Creates a network.
     *
     * @param width the number of filters of the first convolution
     * @param classes the number of outputs
     */
    public FashionNet(int width, int classes) {
        // 28x28 to 14x14 to 7x7
        add(convolution(width, 1));
        add(BatchNorm.builder().build()).add(Activation::relu);
        add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        add(convolution(2 * width, 2));
        add(BatchNorm.builder().build()).add(Activation::relu);
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(4 * width).build()).add(Activation::relu);
        add(Dropout.builder().optRate(0.25f).build());
        add(Linear.builder().setUnits(classes).build());
    }

    private static Conv2d convolution(int filters, int stride) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(filters)
                .optPadding(new Shape(1, 1))
                .optStride(new Shape(stride, stride))
                .optBias(false) // the normalisation behind it has one
                .build();
    }
}
