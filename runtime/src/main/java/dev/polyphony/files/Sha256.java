/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checksums by which files and data are known again. */
public final class Sha256 {

    private Sha256() {}

    /**
     * Creates a digest.
     *
     * @return a digest of 32 bytes that has seen nothing
     */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
