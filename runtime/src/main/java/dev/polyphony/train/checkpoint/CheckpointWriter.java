/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import dev.polyphony.files.Sha256;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes sections into an empty file, in one go. */
final class CheckpointWriter {

    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final MessageDigest digest = Sha256.newDigest();

    CheckpointWriter(FileChannel channel) {
        this.channel = channel;
    }

    void write(Map<String, SectionContent> sections) throws IOException {
        channel.position(CheckpointFormat.HEADER);
        Map<String, long[]> table = new LinkedHashMap<>();
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new Body(), BUFFER));
        for (Map.Entry<String, SectionContent> section : sections.entrySet()) {
            long begin = channel.position();
            section.getValue().writeTo(out);
            out.flush();
            table.put(section.getKey(), new long[] {begin, channel.position() - begin});
        }
        long tableOffset = channel.position();
        out.writeInt(table.size());
        for (Map.Entry<String, long[]> entry : table.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue()[0]);
            out.writeLong(entry.getValue()[1]);
        }
        out.writeLong(tableOffset);
        out.flush();
        long length = channel.position() + CheckpointFormat.CHECKSUM;
        ByteBuffer header = CheckpointFormat.header(CheckpointFormat.VERSION, length);
        digest.update(header.duplicate());
        writeAll(ByteBuffer.wrap(digest.digest()));
        channel.position(0);
        writeAll(header);
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** What lies between header and checksum. */
    private final class Body extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            writeAll(ByteBuffer.wrap(bytes, offset, length));
        }
    }
}
