/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.hand;

/** Sub-ensembles: the model with a wide last layer. */
public final class SubEnsembleKit extends Kit {

    /**
     * Creates the kit.
     *
     * @param members the number of members
     */
    public SubEnsembleKit(int members) {
        super(members);
    }
}
