/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.model;

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
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Exempt;
import dev.polyphony.FastWeightInit;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;
import java.util.List;

/**
 * WideResNet for images of 32x32 pixels: three stages of residual units with normalisation in front
 * of each convolution, without dropout.
 *
 * <p>MIMO of the MixMo repository is MixMo that mixes evenly: {@code alpha = 0} gives every ratio
 * one half, and {@code weightRoot = 1} every loss the weight 1.
 *
 * @see <a href="https://arxiv.org/abs/1605.07146">Wide Residual Networks</a>
 */
@DeepEnsemble(m = 1, name = "PlainWideResNet")
@DeepEnsemble(m = 4)
@MixMo(m = 2, method = MixMethod.LINEAR, alpha = 0, weightRoot = 1, name = "EvenMixMoWideResNet")
@MixMo(m = 2, method = MixMethod.LINEAR, name = "LinearMixMoWideResNet")
@MixMo(m = 2, method = MixMethod.CUTMIX, probability = 0.5, name = "CutMixMoWideResNet")
@Mimo(m = 3)
@BatchEnsemble(m = 4, init = FastWeightInit.NORMAL)
@Packed(m = 4, alpha = 2, gamma = 1)
@Packed(m = 4, alpha = 2, gamma = 2, name = "GroupedPackedWideResNet")
@Masksembles(m = 4)
@SubEnsemble(m = 4)
public final class WideResNet extends SequentialBlock {

    private static final int STAGES = 3;
    private static final int FIRST = 16;

    /**
     * Creates a network whose units stride in their first convolution.
     *
     * @param depth the layers with weights, {@code 6 n + 4} for {@code n} units a stage
     * @param width the factor of the widths 16, 32 and 64
     * @param classes the number of outputs
     * @throws IllegalArgumentException if the depth is none of these, or the width is below 1
     */
    public WideResNet(int depth, int width, int classes) {
        this(depth, width, classes, false);
    }

    /**
     * Creates a network.
     *
     * @param depth the layers with weights, {@code 6 n + 4} for {@code n} units a stage
     * @param width the factor of the widths 16, 32 and 64
     * @param classes the number of outputs
     * @param stridesLate whether units stride in their second convolution, as those of the MixMo
     *     repository do, which costs more and has as many weights
     * @throws IllegalArgumentException if the depth is none of these, or the width is below 1
     */
    public WideResNet(int depth, int width, int classes, boolean stridesLate) {
        if (depth < 10 || (depth - 4) % 6 != 0 || width < 1) {
            throw new IllegalArgumentException(
                    "A WideResNet has a depth of 10, 16, 22, 28, ... and a width of at least 1, not %d and %d"
                            .formatted(depth, width));
        }
        int units = (depth - 4) / 6;
        add(convolution(FIRST, 3, 1));
        for (int stage = 0; stage < STAGES; stage++) {
            int filters = FIRST * width << stage;
            for (int unit = 0; unit < units; unit++) {
                boolean changes = unit == 0 && (stage > 0 || width > 1);
                add(unit(filters, unit == 0 && stage > 0 ? 2 : 1, changes, stridesLate));
            }
        }
        add(BatchNorm.builder().build()).add(Activation::relu);
        add(Pool.globalAvgPool2dBlock());
        add(head(classes));
    }

    private static Block unit(int filters, int stride, boolean changes, boolean stridesLate) {
        SequentialBlock main =
                new SequentialBlock()
                        .add(BatchNorm.builder().build())
                        .add(Activation::relu)
                        .add(convolution(filters, 3, stridesLate ? 1 : stride))
                        .add(BatchNorm.builder().build())
                        .add(Activation::relu)
                        .add(convolution(filters, 3, stridesLate ? stride : 1));
        Block shortcut = changes ? convolution(filters, 1, stride) : Blocks.identityBlock();
        return new ParallelBlock(WideResNet::sum, List.of(main, shortcut));
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

    /** With {@code gamma = 2} the networks of the literature have no groups of their own here. */
    @Exempt(Packed.class)
    private static Linear head(int classes) {
        return Linear.builder().setUnits(classes).build();
    }

    private static NDList sum(List<NDList> branches) {
        NDArray sum = branches.get(0).head().add(branches.get(1).head());
        return new NDList(sum);
    }
}
