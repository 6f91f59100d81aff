/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.model;

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
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import java.util.List;

/**
 * PreActResNet-18 for images of 64x64 pixels, with normalisation in front of each convolution and
 * none behind the last: the network of MixMo on Tiny ImageNet.
 *
 * @see <a href="https://arxiv.org/abs/1603.05027">Identity Mappings in Deep Residual Networks</a>
 */
@DeepEnsemble(m = 1, name = "PlainPreActResNet")
@DeepEnsemble(m = 4)
@MixMo(m = 2, method = MixMethod.LINEAR, name = "LinearMixMoPreActResNet")
@MixMo(m = 2, method = MixMethod.CUTMIX, probability = 0.5, name = "CutMixMoPreActResNet")
@Mimo(m = 2)
@Packed(m = 4, alpha = 2, gamma = 1)
public final class PreActResNet extends SequentialBlock {

    private static final int FIRST = 64;
    private static final int STAGES = 4;

    /**
     * Creates a network of four stages with two units each.
     *
     * @param width the factor of the widths 64, 128, 256 and 512; 1, 2 or 3 in the literature
     * @param classes the number of outputs
     */
    public PreActResNet(int width, int classes) {
        this(FIRST, width, classes);
    }

    /**
     * Creates a network of other widths.
     *
     * @param filters the filters of the first convolution, which {@code width} leaves alone
     * @param width the factor of the widths {@code filters} times 1, 2, 4 and 8
     * @param classes the number of outputs
     * @throws IllegalArgumentException if a width is below 1
     */
    public PreActResNet(int filters, int width, int classes) {
        if (filters < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "A PreActResNet has at least 1 filter and a width of at least 1, not %d and %d"
                            .formatted(filters, width));
        }
        add(convolution(filters, 3, 2));
        for (int stage = 0; stage < STAGES; stage++) {
            int own = filters * width << stage;
            int stride = stage == 0 ? 1 : 2;
            add(stage == 0 && width == 1 ? unit(own) : changing(own, stride));
            add(unit(own));
        }
        add(Pool.globalAvgPool2dBlock());
        add(Linear.builder().setUnits(classes).build());
    }

    /** A unit that keeps the shape: its shortcut is the raw input. */
    private static Block unit(int filters) {
        SequentialBlock main = activation().add(convolutions(filters, 1));
        return new ParallelBlock(PreActResNet::sum, List.of(main, Blocks.identityBlock()));
    }

    /** A unit that changes the shape: its shortcut reads what the first convolution reads. */
    private static Block changing(int filters, int stride) {
        Block shortcut = convolution(filters, 1, stride);
        Block both =
                new ParallelBlock(
                        PreActResNet::sum, List.of(convolutions(filters, stride), shortcut));
        return activation().add(both);
    }

    private static SequentialBlock activation() {
        return new SequentialBlock().add(BatchNorm.builder().build()).add(Activation::relu);
    }

    private static Block convolutions(int filters, int stride) {
        return new SequentialBlock()
                .add(convolution(filters, 3, stride))
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(convolution(filters, 3, 1));
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
        return new NDList(branches.get(0).head().add(branches.get(1).head()));
    }
}
