/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.models;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

/** The plain model: two hidden layers. */
public final class Mlp extends SequentialBlock {

    public Mlp(int hidden, int classes) {
        add(Linear.builder().setUnits(hidden).build()).add(Activation::relu);
        add(Linear.builder().setUnits(hidden).build()).add(Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }
}
