/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.Model;
import java.io.IOException;

/** Where a plain model that has been trained is read from, for as long as an ensemble starts. */
@FunctionalInterface
public interface ModelSource {

    /**
     * Reads the model.
     *
     * @return DJL's model with its block, to be closed by the caller
     * @throws IOException if there is none, or if it is another one
     */
    Model open() throws IOException;
}
