/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;

/** What a method puts in the places of a model's layers. */
public abstract class Kit {

    /** Where a layer stands. */
    enum Place {
        FIRST,
        HIDDEN,
        LAST
    }

    private final int members;

    Kit(int members) {
        this.members = members;
    }

    final int getMembers() {
        return members;
    }

    /**
     * Returns the whole network.
     *
     * @param body what {@link #convolution} and the others have made
     * @param base the shape of one example
     * @return a block that takes {@code [B, x...]} or {@code [B, M, x...]} and gives {@code [B, M,
     *     classes]}
     */
    final SequentialBlock network(Block body, Shape base) {
        return new SequentialBlock()
                .addSingleton(x -> enter(x, x.getShape().dimension() > base.dimension() + 1))
                .add(body)
                .addSingleton(y -> y.reshape(-1, members, y.getShape().get(1) / share()));
    }

    /** How many members' outputs the last axis holds. */
    int share() {
        return members;
    }

    /** Takes examples that all members see, or one for each. */
    NDArray enter(NDArray x, boolean distinct) {
        return x;
    }

    Block convolution(Place place, int filters, int kernel, int stride) {
        return plain(filters, kernel, stride, 1);
    }

    Block normalization() {
        return BatchNorm.builder().build();
    }

    Block linear(Place place, int units) {
        return Linear.builder().setUnits(place == Place.LAST ? units * members : units).build();
    }

    static Conv2d plain(int filters, int kernel, int stride, int groups) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optGroups(groups)
                .optBias(false)
                .build();
    }
}
