/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Mimo;

/** Has an annotation already, which the suite replaces by its own. */
@Mimo(m = 2)
final class Relu extends SequentialBlock {

    Relu(int... widths) {
        for (int width : widths) {
            add(Linear.builder().setUnits(width).build());
            add(Activation::relu);
        }
        add(Linear.builder().setUnits(5).build());
    }
}
