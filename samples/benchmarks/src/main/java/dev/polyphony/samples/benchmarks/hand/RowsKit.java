/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;

/** The methods whose members share the weights: a row of the batch for each member. */
abstract class RowsKit extends Kit {

    RowsKit(int members) {
        super(members);
    }

    /** Wraps a layer in what sets members apart. */
    abstract Block around(Place place, Block layer, int units, int axes);

    @Override
    final int share() {
        return 1;
    }

    @Override
    final NDArray enter(NDArray x, boolean distinct) {
        if (!distinct) {
            return x.repeat(0, getMembers());
        }
        Shape shape = x.getShape();
        return x.reshape(new Shape(shape.get(0) * shape.get(1)).addAll(shape.slice(2)));
    }

    @Override
    final Block convolution(Place place, int filters, int kernel, int stride) {
        return around(place, plain(filters, kernel, stride, 1), filters, 2);
    }

    @Override
    final Block linear(Place place, int units) {
        Linear layer = Linear.builder().setUnits(units).optBias(hasSharedBias()).build();
        return around(place, layer, units, 0);
    }

    /** Whether members share the biases. */
    abstract boolean hasSharedBias();
}
