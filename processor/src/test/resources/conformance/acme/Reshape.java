/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

/** Counts on a width between its layers. */
public final class Reshape extends SequentialBlock {

    public Reshape() {
        add(Linear.builder().setUnits(24).build());
        addSingleton(x -> x.reshape(-1, 4, 6).sum(new int[] {1}));
        add(Activation::relu);
        add(Linear.builder().setUnits(12).build());
        add(Activation::relu);
        add(Linear.builder().setUnits(5).build());
    }
}
