/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The layout of a checkpoint, all numbers big-endian:
 *
 * <pre>
 * 8 bytes   magic: 0x89 P L Y C K P \n
 * int       version of what follows the header
 * long      length of the file
 * int       CRC-32 of the 20 bytes before
 * ...       sections, one after the other
 * ...       table: int count, then for each section its name (UTF), long offset, long length
 * long      offset of the table
 * 32 bytes  SHA-256 of all between header and here, then of the header
 * </pre>
 *
 * <p>The header is that of every version, so that another one is told from damage. Its first byte
 * is no text, and its last would be changed by what changes line ends.
 */
final class CheckpointFormat {

    /** What this writes and reads. */
    static final int VERSION = 2;

    static final int HEADER = 24;
    static final int CHECKSUM = 32;

    /** The offset of the table, and the checksum. */
    static final int TRAILER = Long.BYTES + CHECKSUM;

    private static final byte[] MAGIC = {(byte) 0x89, 'P', 'L', 'Y', 'C', 'K', 'P', '\n'};
    private static final int GUARDED = HEADER - Integer.BYTES;

    private CheckpointFormat() {}

    static ByteBuffer header(int version, long length) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.put(MAGIC).putInt(version).putLong(length);
        header.putInt(checksum(header.array()));
        return header.flip();
    }

    /** The length that the header of a file tells, if it is one that can be read. */
    static long requireHeader(ByteBuffer header) throws DamageException {
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DamageException("is no checkpoint: it does not begin as one");
        }
        int version = header.getInt();
        long length = header.getLong();
        if (header.getInt() != checksum(header.array())) {
            throw new DamageException("is damaged: its header has another checksum than written");
        }
        if (version != VERSION) {
            throw new DamageException(
                    "has the format %d, but this version of Polyphony reads the format %d: use the %s version that wrote it"
                            .formatted(version, VERSION, version > VERSION ? "newer" : "older"));
        }
        return length;
    }

    private static int checksum(byte[] header) {
        CRC32 checksum = new CRC32();
        checksum.update(header, 0, GUARDED);
        return (int) checksum.getValue();
    }

    /**
     * A file that is not as it was written, or not written by this; the message follows its name.
     */
    static final class DamageException extends Exception {

        private static final long serialVersionUID = 1L;

        DamageException(String message) {
            super(message);
        }
    }
}
