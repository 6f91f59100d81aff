/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;

/** What a layer may know of the rows of a forward pass. */
public interface Rows {

    /**
     * Returns the number of examples {@code B}: an array with {@code B * M} rows has one for each
     * member, one with {@code B} rows is shared by all.
     *
     * @return the number of examples
     */
    long getExamples();

    /**
     * Returns the mixing ratios of MixMo's training.
     *
     * @return ratios {@code [B, M]}, {@code [B, M, spatial...]} or {@code [B, M, C, spatial...]}
     *     that add up to 1 over the members, or null outside of MixMo's training
     */
    NDArray getMixing();

    /**
     * Returns whether this is a training pass.
     *
     * @return whether this is a training pass
     */
    boolean isTraining();
}
