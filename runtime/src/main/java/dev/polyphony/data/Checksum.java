/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of numbers and texts, bit for bit. */
final class Checksum {

    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    Checksum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    Checksum add(float... values) {
        for (float value : values) {
            makeRoom();
            buffer.putInt(Float.floatToRawIntBits(value));
        }
        return this;
    }

    Checksum add(long... values) {
        for (long value : values) {
            makeRoom();
            buffer.putLong(value);
        }
        return this;
    }

    Checksum add(int... values) {
        for (int value : values) {
            makeRoom();
            buffer.putInt(value);
        }
        return this;
    }

    Checksum add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        for (byte value : bytes) {
            makeRoom();
            buffer.put(value);
        }
        return this;
    }

    private void makeRoom() {
        if (buffer.remaining() < Long.BYTES) {
            digest.update(buffer.flip());
            buffer.clear();
        }
    }

    /** Returns the checksum of all that was added, in hexadecimal digits. */
    String get() {
        digest.update(buffer.flip());
        buffer.clear();
        return HexFormat.of().formatHex(digest.digest());
    }
}
