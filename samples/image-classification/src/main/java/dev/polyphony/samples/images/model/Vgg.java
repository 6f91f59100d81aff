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
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Packed;

/**
 * VGG with batch normalisation for images of 32x32 pixels, with one hidden layer behind the
 * convolutions.
 *
 * @see <a href="https://arxiv.org/abs/1409.1556">Very Deep Convolutional Networks for Large-Scale
 *     Image Recognition</a>
 */
@DeepEnsemble(m = 1, name = "PlainVgg")
@DeepEnsemble(m = 4)
@Packed(m = 4, alpha = 2, gamma = 1)
@BatchEnsemble(m = 4)
public final class Vgg extends SequentialBlock {

    private static final int STAGES = 5;

    /**
     * Creates a network.
     *
     * @param depth the layers with weights of the published network: 11, 13, 16 or 19
     * @param width the filters of the first stage; 64 in the literature
     * @param classes the number of outputs
     * @throws IllegalArgumentException if the depth is another one, or the width below 1
     */
    public Vgg(int depth, int width, int classes) {
        if (depth != 11 && depth != 13 && depth != 16 && depth != 19 || width < 1) {
            throw new IllegalArgumentException(
                    "A VGG has a depth of 11, 13, 16 or 19 and a width of at least 1, not %d and %d"
                            .formatted(depth, width));
        }
        for (int stage = 0; stage < STAGES; stage++) {
            int filters = width << Math.min(stage, 3);
            for (int layer = 0; layer < layers(depth, stage); layer++) {
                add(convolution(filters)).add(BatchNorm.builder().build()).add(Activation::relu);
            }
            add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(8L * width).build()).add(Activation::relu);
        add(Dropout.builder().build());
        add(Linear.builder().setUnits(classes).build());
    }

    /** The convolutions of a stage: VGG-11 has one in the first two, the others two. */
    private static int layers(int depth, int stage) {
        if (stage < 2) {
            return depth == 11 ? 1 : 2;
        }
        return depth <= 13 ? 2 : depth == 16 ? 3 : 4;
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
