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
import ai.djl.nn.pooling.Pool;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Mimo;
import dev.polyphony.Packed;

/** LeNet with rectified units and maximum pooling, for images of 28x28 or 32x32 pixels. */
@DeepEnsemble(m = 1, name = "PlainLeNet")
@DeepEnsemble(m = 4)
@Packed(m = 4, alpha = 2, gamma = 1)
@BatchEnsemble(m = 4)
@Mimo(m = 2)
public final class LeNet extends SequentialBlock {

    /**
     * Creates a network.
     *
     * @param classes the number of outputs
     */
    public LeNet(int classes) {
        for (int filters : new int[] {6, 16}) {
            add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(filters).build());
            add(Activation::relu);
            add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(120).build()).add(Activation::relu);
        add(Linear.builder().setUnits(84).build()).add(Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }
}
