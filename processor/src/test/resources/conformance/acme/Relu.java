/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Mimo;

/** Has an annotation already, which the suite replaces by its own, and a warning of its own. */
@Mimo(m = 2)
final class Relu extends SequentialBlock {

    private static final Integer WARNED = new Integer(3);

    Relu(int... widths) {
        for (int width : widths) {
            add(Linear.builder().setUnits(width).build());
            add(Activation::relu);
        }
        add(Linear.builder().setUnits(5).build());
    }
}
