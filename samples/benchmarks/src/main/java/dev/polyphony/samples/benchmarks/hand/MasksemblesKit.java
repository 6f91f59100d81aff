/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.nn.Block;

/** Masksembles: the features of all layers but the first are masked, each member's by its own. */
public final class MasksemblesKit extends RowsKit {

    /**
     * Creates the kit.
     *
     * @param members the number of members
     */
    public MasksemblesKit(int members) {
        super(members);
    }

    @Override
    Block around(Place place, Block layer, int units, int axes) {
        return place == Place.FIRST ? layer : new Masked(getMembers(), layer, axes);
    }

    @Override
    boolean hasSharedBias() {
        return true;
    }
}
