/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import dev.polyphony.data.Examples;

/**
 * What tells data from others, without holding them.
 *
 * @param examples the number of examples
 * @param checksum their checksum, as {@link Examples#getChecksum} says
 */
public record DataFingerprint(int examples, String checksum) {

    /**
     * Takes the fingerprint of data.
     *
     * @param data the data
     * @return the fingerprint
     */
    public static DataFingerprint of(Examples data) {
        return new DataFingerprint(data.size(), data.getChecksum());
    }
}
