/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
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
import java.util.List;

/**
 * A residual network for small images, two units a stage: with four stages a ResNet-18, with one a
 * net of one width.
 */
@Packed(m = 4, alpha = 2)
@Mimo(m = 3)
@MixMo(m = 2)
@BatchEnsemble(m = 4, split = BatchSplit.SUB_BATCH)
@Masksembles(m = 4)
@SubEnsemble(m = 4)
@DeepEnsemble(m = 4)
public final class ResNet extends SequentialBlock {

    /**
     * Creates a network.
     *
     * @param width the channels of the first stage; each stage has twice those of the one before
     * @param stages the number of stages; each halves the image, but the first
     * @param classes the number of outputs
     */
    public ResNet(int width, int stages, int classes) {
        add(convolution(width, 3, 1)).add(BatchNorm.builder().build()).add(Activation::relu);
        for (int stage = 0; stage < stages; stage++) {
            add(unit(width << stage, stage == 0 ? 1 : 2, stage > 0));
            add(unit(width << stage, 1, false));
        }
        add(Pool.globalAvgPool2dBlock());
        add(Linear.builder().setUnits(classes).build());
    }

    /** Two convolutions and a shortcut, which is one as well where the shape changes. */
    private static Block unit(int filters, int stride, boolean changes) {
        SequentialBlock main =
                new SequentialBlock()
                        .add(convolution(filters, 3, stride))
                        .add(BatchNorm.builder().build())
                        .add(Activation::relu)
                        .add(convolution(filters, 3, 1))
                        .add(BatchNorm.builder().build());
        Block shortcut = Blocks.identityBlock();
        if (changes) {
            shortcut =
                    new SequentialBlock()
                            .add(convolution(filters, 1, stride))
                            .add(BatchNorm.builder().build());
        }
        return new ParallelBlock(ResNet::sum, List.of(main, shortcut));
    }

    private static Conv2d convolution(int filters, int kernel, int stride) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(false)
                .build();
    }

    private static NDList sum(List<NDList> branches) {
        NDArray sum = branches.get(0).head().add(branches.get(1).head());
        return new NDList(Activation.relu(sum));
    }
}
