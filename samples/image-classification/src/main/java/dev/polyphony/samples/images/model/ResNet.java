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
 * ResNet-18 and ResNet-50, for small images and for those of ImageNet.
 *
 * <p>What is exempt is so in the networks of the literature: with {@code gamma = 2} the first
 * convolution of each unit and the head have no groups of their own, and the shortcuts of ResNet-18
 * no fast weights.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">Deep Residual Learning for Image Recognition</a>
 */
@DeepEnsemble(m = 1, name = "PlainResNet")
@DeepEnsemble(m = 4)
@Mimo(m = 4)
@Mimo(m = 2, batchRepetitions = 2, name = "PairMimoResNet")
@Mimo(m = 2, batchRepetitions = 2, inputRepetition = 0.6, name = "ImageNetMimoResNet")
@MixMo(m = 2, method = MixMethod.LINEAR, batchRepetitions = 2, name = "LinearMixMoResNet")
@MixMo(m = 2, method = MixMethod.CUTMIX, batchRepetitions = 2, name = "CutMixMoResNet")
@BatchEnsemble(m = 4, init = FastWeightInit.NORMAL)
@BatchEnsemble(
        m = 4,
        init = FastWeightInit.NORMAL,
        fastLearningRate = 0.25,
        name = "ImageNetBatchEnsembleResNet")
@Packed(m = 4, alpha = 2, gamma = 1)
@Packed(m = 4, alpha = 2, gamma = 2, name = "GroupedPackedResNet")
@Masksembles(m = 4)
@SubEnsemble(m = 4)
public final class ResNet extends SequentialBlock {

    private static final int BOTTLENECK = 4;

    /**
     * Creates a network.
     *
     * @param depth 18, of two convolutions a unit, or 50, of three
     * @param width the filters of the first convolution; 64 in the literature
     * @param classes the number of outputs
     * @param isForImageNet whether images are large: the first convolution is then one of 7x7
     *     pixels with stride 2 and a pool behind it, else one of 3x3 pixels
     * @throws IllegalArgumentException if the depth is another one, or the width below 1
     */
    public ResNet(int depth, int width, int classes, boolean isForImageNet) {
        if (depth != 18 && depth != 50 || width < 1) {
            throw new IllegalArgumentException(
                    "A ResNet has a depth of 18 or 50 and a width of at least 1, not %d and %d"
                            .formatted(depth, width));
        }
        boolean isDeep = depth == 50;
        add(convolution(width, isForImageNet ? 7 : 3, isForImageNet ? 2 : 1));
        add(BatchNorm.builder().build()).add(Activation::relu);
        if (isForImageNet) {
            add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
        }
        int[] units = isDeep ? new int[] {3, 4, 6, 3} : new int[] {2, 2, 2, 2};
        for (int stage = 0; stage < units.length; stage++) {
            for (int unit = 0; unit < units[stage]; unit++) {
                int stride = stage > 0 && unit == 0 ? 2 : 1;
                boolean changes = unit == 0 && (stage > 0 || isDeep);
                add(unit(width << stage, stride, changes, isDeep));
            }
        }
        add(Pool.globalAvgPool2dBlock());
        add(head(classes));
    }

    private static Block unit(int filters, int stride, boolean changes, boolean isDeep) {
        int outputs = isDeep ? BOTTLENECK * filters : filters;
        SequentialBlock main = new SequentialBlock();
        if (isDeep) {
            main.add(first(filters, 1, 1)).add(BatchNorm.builder().build());
            main.add(Activation::relu);
            main.add(convolution(filters, 3, stride)).add(BatchNorm.builder().build());
            main.add(Activation::relu);
            main.add(convolution(outputs, 1, 1)).add(BatchNorm.builder().build());
        } else {
            main.add(first(filters, 3, stride)).add(BatchNorm.builder().build());
            main.add(Activation::relu);
            main.add(convolution(filters, 3, 1)).add(BatchNorm.builder().build());
        }
        Block shortcut = Blocks.identityBlock();
        if (changes) {
            shortcut =
                    new SequentialBlock()
                            .add(
                                    isDeep
                                            ? convolution(outputs, 1, stride)
                                            : shared(outputs, 1, stride))
                            .add(BatchNorm.builder().build());
        }
        return new ParallelBlock(ResNet::sum, List.of(main, shortcut));
    }

    private static Conv2d convolution(int filters, int kernel, int stride) {
        return build(Conv2d.builder(), filters, kernel, stride);
    }

    @Exempt(Packed.class)
    private static Conv2d first(int filters, int kernel, int stride) {
        return build(Conv2d.builder(), filters, kernel, stride);
    }

    @Exempt(BatchEnsemble.class)
    private static Conv2d shared(int filters, int kernel, int stride) {
        return build(Conv2d.builder(), filters, kernel, stride);
    }

    @Exempt(Packed.class)
    private static Linear head(int classes) {
        return Linear.builder().setUnits(classes).build();
    }

    private static Conv2d build(Conv2d.Builder builder, int filters, int kernel, int stride) {
        return builder.setKernelShape(new Shape(kernel, kernel))
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
