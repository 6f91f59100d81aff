/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import static ai.djl.nn.Activation.preluBlock;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.Prelu;
import dev.polyphony.Mimo;
import dev.polyphony.Packed;
import java.util.function.Supplier;

@Packed(m = 3)
@Packed(m = 1, name = "SinglePackedSlopes")
@Mimo(m = 3)
public final class Slopes extends SequentialBlock {

    public Slopes(int classes) {
        Supplier<Prelu> make = Prelu::new;
        Supplier<Block> obtain = Activation::preluBlock;
        Prelu own = new Prelu();
        add(Linear.builder().setUnits(8).build());
        add(own).add(make.get()).add(obtain.get());
        add(Activation.preluBlock());
        add(Linear.builder().setUnits(classes).build());
        add(preluBlock());
    }
}
