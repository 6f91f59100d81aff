/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.digits;

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

/** A small convolutional network for 8x8 images. */
@Mimo(m = 2, batchRepetitions = 2)
@MixMo(m = 2, batchRepetitions = 2)
@BatchEnsemble(m = 4)
@Packed(m = 4, alpha = 2, gamma = 1)
@Masksembles(m = 4)
@SubEnsemble(m = 4)
@DeepEnsemble(m = 4)
public final class DigitNet extends SequentialBlock {

    /**
     * Creates a network.
     *
     * @param width the number of filters of the first convolution
     * @param classes the number of outputs
     */
    public DigitNet(int width, int classes) {
        // 8x8 to 4x4 to 2x2
        for (int filters : new int[] {width, 2 * width}) {
            add(convolution(filters));
            add(BatchNorm.builder().build());
            add(Activation::relu);
            add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(64).build()).add(Activation::relu);
        add(Dropout.builder().optRate(0.2f).build());
        add(Linear.builder().setUnits(classes).build());
    }

    private static Conv2d convolution(int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(filters)
                .optPadding(new Shape(1, 1))
                .optBias(false) // the normalisation behind it has one
                .build();
    }
}
