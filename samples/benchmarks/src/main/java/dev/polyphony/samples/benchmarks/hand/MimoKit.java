/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;

/** MIMO: the members' inputs side by side in one trunk, and a wide last layer. */
public final class MimoKit extends Kit {

    /**
     * Creates the kit.
     *
     * @param members the number of members
     */
    public MimoKit(int members) {
        super(members);
    }

    @Override
    NDArray enter(NDArray x, boolean distinct) {
        return beside(x, distinct, getMembers());
    }

    /** {@code [B, M, c, ...]}, or {@code [B, c, ...]} for all members, to {@code [B, M*c, ...]}. */
    static NDArray beside(NDArray x, boolean distinct, int members) {
        if (!distinct) {
            return NDArrays.concat(new NDList(Collections.nCopies(members, x)), 1);
        }
        Shape shape = x.getShape();
        return x.reshape(new Shape(shape.get(0), members * shape.get(2)).addAll(shape.slice(3)));
    }
}
