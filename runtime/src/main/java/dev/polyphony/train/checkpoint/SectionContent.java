/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import java.io.DataOutputStream;
import java.io.IOException;

/** Writes a section of a checkpoint. */
@FunctionalInterface
public interface SectionContent {

    /**
     * Writes the section.
     *
     * @param out where to write, buffered; not to be closed
     * @throws IOException if it cannot be written
     */
    void writeTo(DataOutputStream out) throws IOException;
}
