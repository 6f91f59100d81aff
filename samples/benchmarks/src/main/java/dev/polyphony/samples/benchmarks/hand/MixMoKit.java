/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;

/** MixMo without masks: an encoder for each member, their sum in one trunk, a wide last layer. */
public final class MixMoKit extends Kit {

    /**
     * Creates the kit.
     *
     * @param members the number of members
     */
    public MixMoKit(int members) {
        super(members);
    }

    @Override
    NDArray enter(NDArray x, boolean distinct) {
        return MimoKit.beside(x, distinct, getMembers());
    }

    @Override
    Block convolution(Place place, int filters, int kernel, int stride) {
        int members = getMembers();
        return place == Place.FIRST
                ? summed(plain(filters * members, kernel, stride, members))
                : super.convolution(place, filters, kernel, stride);
    }

    @Override
    Block linear(Place place, int units) {
        return place == Place.FIRST
                ? summed(new GroupedLinear(getMembers(), units))
                : super.linear(place, units);
    }

    private Block summed(Block encoders) {
        return new SequentialBlock().add(encoders).addSingleton(this::sum);
    }

    private NDArray sum(NDArray x) {
        Shape shape = x.getShape();
        int members = getMembers();
        return x.reshape(
                        new Shape(shape.get(0), members, shape.get(1) / members)
                                .addAll(shape.slice(2)))
                .sum(new int[] {1});
    }
}
