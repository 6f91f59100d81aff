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
import ai.djl.nn.pooling.Pool;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;

/** LeNet for 28x28 images. */
@Packed(m = 4, alpha = 2, gamma = 1)
@Mimo(m = 3)
@MixMo(method = MixMethod.LINEAR, probability = 0.25, alpha = 1.5, weightRoot = 2)
@DeepEnsemble
public final class LeNet extends SequentialBlock {

    /** Creates a LeNet with {@code classes} outputs. */
    public LeNet(int classes) {
        // two convolutions, each halved by a pool
        for (int filters : new int[] {6, 16}) {
            add(Conv2d.builder().setKernelShape(new Shape(5, 5)).setFilters(filters).build());
            add(Activation::relu);
            add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(120).build()).add(Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }
}
