/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.samples.benchmarks.hand.Kit.Place;
import java.util.List;

/** The models, from the layers of a method. */
public final class ByHand {

    private ByHand() {}

    /**
     * The perceptron of two hidden layers.
     *
     * @param kit the method
     * @param hidden the width of the hidden layers
     * @param classes the number of outputs of a member
     * @return the ensemble
     */
    public static Block mlp(Kit kit, int hidden, int classes) {
        SequentialBlock body =
                new SequentialBlock()
                        .add(kit.linear(Place.FIRST, hidden))
                        .add(Activation::relu)
                        .add(kit.linear(Place.HIDDEN, hidden))
                        .add(Activation::relu)
                        .add(kit.linear(Place.LAST, classes));
        return kit.network(body, new Shape(2));
    }

    /**
     * The network of the digits.
     *
     * @param kit the method
     * @param width the number of filters of the first convolution
     * @param classes the number of outputs of a member
     * @return the ensemble
     */
    public static Block digits(Kit kit, int width, int classes) {
        SequentialBlock body = new SequentialBlock();
        for (int i = 0; i < 2; i++) {
            body.add(kit.convolution(i == 0 ? Place.FIRST : Place.HIDDEN, width << i, 3, 1))
                    .add(kit.normalization())
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        body.add(Blocks.batchFlattenBlock())
                .add(kit.linear(Place.HIDDEN, 64))
                .add(Activation::relu)
                .add(kit.linear(Place.LAST, classes));
        return kit.network(body, new Shape(1, 8, 8));
    }

    /**
     * The residual network.
     *
     * @param kit the method
     * @param width the channels of the first stage
     * @param stages the number of stages
     * @param classes the number of outputs of a member
     * @return the ensemble
     */
    public static Block resNet(Kit kit, int width, int stages, int classes) {
        SequentialBlock body =
                new SequentialBlock()
                        .add(kit.convolution(Place.FIRST, width, 3, 1))
                        .add(kit.normalization())
                        .add(Activation::relu);
        for (int stage = 0; stage < stages; stage++) {
            body.add(unit(kit, width << stage, stage == 0 ? 1 : 2, stage > 0))
                    .add(unit(kit, width << stage, 1, false));
        }
        body.add(Pool.globalAvgPool2dBlock()).add(kit.linear(Place.LAST, classes));
        return kit.network(body, new Shape(3, 32, 32));
    }

    private static Block unit(Kit kit, int filters, int stride, boolean changes) {
        SequentialBlock main =
                new SequentialBlock()
                        .add(kit.convolution(Place.HIDDEN, filters, 3, stride))
                        .add(kit.normalization())
                        .add(Activation::relu)
                        .add(kit.convolution(Place.HIDDEN, filters, 3, 1))
                        .add(kit.normalization());
        Block shortcut = Blocks.identityBlock();
        if (changes) {
            shortcut =
                    new SequentialBlock()
                            .add(kit.convolution(Place.HIDDEN, filters, 1, stride))
                            .add(kit.normalization());
        }
        return new ParallelBlock(ByHand::sum, List.of(main, shortcut));
    }

    private static NDList sum(List<NDList> branches) {
        NDArray sum = branches.get(0).head().add(branches.get(1).head());
        return new NDList(Activation.relu(sum));
    }
}
