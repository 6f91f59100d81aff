/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.WarmStart;

/** Gives all members of an ensemble the parameters of one model, so that each must answer as it. */
public final class EqualMembers {

    private EqualMembers() {}

    /**
     * Gives all members the parameters of a model.
     *
     * @param ensemble the ensemble, initialised, whose members are as wide as the model
     * @param model the plain model, initialised
     */
    public static void set(Ensemble ensemble, Block model) {
        ensemble.startFrom(WarmStart.of(model).optSpread(0));
        for (Parameter parameter : ensemble.getParameters().values()) {
            if (parameter.getName().equals("mask")) {
                NDArray mask = parameter.getArray();
                mask.onesLike().copyTo(mask);
            }
        }
    }
}
