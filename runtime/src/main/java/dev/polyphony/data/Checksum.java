/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import dev.polyphony.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 of numbers and texts, bit for bit. */
final class Checksum {

    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest = Sha256.newDigest();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /** The checksum of examples; targets may be null. */
    static String of(Features features, Targets targets) {
        Checksum checksum = new Checksum();
        if (features instanceof Features.Numbers numbers) {
            checksum.add(numbers.values());
        } else if (features instanceof Features.Ids ids) {
            checksum.add(ids.values());
        }
        if (targets instanceof Targets.Classes classes) {
            checksum.add(classes.labels());
        } else if (targets instanceof Targets.Values values) {
            checksum.add(values.values());
        }
        return checksum.get();
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
        return add(bytes.length).add(bytes);
    }

    Checksum add(byte... values) {
        for (byte value : values) {
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
