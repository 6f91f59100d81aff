/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

/** Has the parameters of {@link Relu}, but is another function. */
final class Tanh extends SequentialBlock {

    Tanh(int... widths) {
        for (int width : widths) {
            add(Linear.builder().setUnits(width).build());
            add(Activation::tanh);
        }
        add(Linear.builder().setUnits(5).build());
    }
}
