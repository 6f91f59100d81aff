/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.BatchSplit;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/** The small convolutional network of the digits, for 8x8 images. */
@Packed(m = 4, alpha = 2)
@Mimo(m = 3)
@MixMo(m = 2)
@BatchEnsemble(m = 4, split = BatchSplit.SUB_BATCH)
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
            add(
                    Conv2d.builder()
                            .setKernelShape(new Shape(3, 3))
                            .setFilters(filters)
                            .optPadding(new Shape(1, 1))
                            .optBias(false) // the normalisation behind it has one
                            .build());
            add(BatchNorm.builder().build());
            add(Activation::relu);
            add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(64).build()).add(Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }
}
