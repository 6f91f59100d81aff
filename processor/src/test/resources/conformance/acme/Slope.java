/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.Multiplication;

/** Has a layer that no method but a deep ensemble takes. */
public final class Slope extends SequentialBlock {

    public Slope() {
        add(Linear.builder().setUnits(12).build());
        add(Activation::relu);
        add(Multiplication.builder().setUnits(1).build());
        addSingleton(x -> x.squeeze(0));
        add(Linear.builder().setUnits(5).build());
    }
}
