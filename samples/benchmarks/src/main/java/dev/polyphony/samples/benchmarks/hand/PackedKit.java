/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;

/** Packed-Ensembles for inputs that all members share: a dense first layer, then groups. */
public final class PackedKit extends Kit {

    private final int alpha;

    /**
     * Creates the kit.
     *
     * @param members the number of members
     * @param alpha the width of all members together, relative to the model
     */
    public PackedKit(int members, int alpha) {
        super(members);
        this.alpha = alpha;
    }

    @Override
    Block convolution(Place place, int filters, int kernel, int stride) {
        return plain(filters * alpha, kernel, stride, place == Place.FIRST ? 1 : getMembers());
    }

    @Override
    Block linear(Place place, int units) {
        return switch (place) {
            case FIRST -> Linear.builder().setUnits((long) units * alpha).build();
            case HIDDEN -> new GroupedLinear(getMembers(), units * alpha / getMembers());
            case LAST -> new GroupedLinear(getMembers(), units);
        };
    }
}
