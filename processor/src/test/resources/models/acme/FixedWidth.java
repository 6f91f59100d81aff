/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;

/** Counts on a width between its layers. */
@Packed(m = 4)
@Packed(m = 4, alpha = 4, name = "WidePackedFixedWidth")
public final class FixedWidth extends SequentialBlock {

    public FixedWidth(int classes) {
        add(Linear.builder().setUnits(24).build());
        addSingleton(x -> x.reshape(-1, 4, 6).sum(new int[] {1}));
        add(Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }
}
