/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import dev.polyphony.files.Sha256;
import dev.polyphony.train.checkpoint.CheckpointFormat.DamageException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint whose bytes are known to be those that were written. */
public final class CheckpointReader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, long[]> table = new LinkedHashMap<>();

    private CheckpointReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a checkpoint and verifies it from its first byte to its last.
     *
     * @param file the file; it is only read
     * @return the checkpoint, to be closed
     * @throws CheckpointException if it cannot be read, is damaged, is no checkpoint, or has
     *     another format
     */
    public static CheckpointReader open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                CheckpointReader reader = new CheckpointReader(file, channel);
                reader.verify();
                return reader;
            } catch (IOException | DamageException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (DamageException e) {
            throw new CheckpointException("The file %s %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw new CheckpointException(
                    "The checkpoint %s cannot be read: %s".formatted(file, e), e);
        }
    }

    private void verify() throws IOException, DamageException {
        long length = channel.size();
        if (length < CheckpointFormat.HEADER) {
            throw new DamageException(
                    length == 0
                            ? "is no checkpoint: it is empty"
                            : "is no checkpoint: it is shorter than the header of one");
        }
        ByteBuffer header = read(0, CheckpointFormat.HEADER);
        long written = CheckpointFormat.requireHeader(header.duplicate());
        if (length != written) {
            throw new DamageException(
                    "is damaged: it has %d bytes of the %d that were written"
                            .formatted(length, written));
        }
        long end = length - CheckpointFormat.CHECKSUM;
        MessageDigest digest = Sha256.newDigest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = CheckpointFormat.HEADER; at < end; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, end - at));
            digest.update(fill(buffer, at));
        }
        digest.update(header);
        byte[] checksum = read(end, CheckpointFormat.CHECKSUM).array();
        if (!Arrays.equals(digest.digest(), checksum)) {
            throw new DamageException("is damaged: its content has another checksum than written");
        }
        readTable(read(end - Long.BYTES, Long.BYTES).getLong());
    }

    private void readTable(long offset) throws IOException {
        try (DataInputStream in =
                stream(offset, channel.size() - CheckpointFormat.TRAILER - offset)) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                table.put(in.readUTF(), new long[] {in.readLong(), in.readLong()});
            }
        }
    }

    private ByteBuffer read(long at, int length) throws IOException {
        return fill(ByteBuffer.allocate(length), at);
    }

    private ByteBuffer fill(ByteBuffer buffer, long at) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    /**
     * Returns the file.
     *
     * @return its path
     */
    public Path getFile() {
        return file;
    }

    /**
     * Returns whether there is a section.
     *
     * @param section its name
     * @return whether it was written
     */
    public boolean has(String section) {
        return table.containsKey(section);
    }

    /**
     * Opens a section.
     *
     * @param section its name
     * @return its bytes, to be closed before another one is opened
     * @throws IOException if it cannot be read
     */
    public DataInputStream open(String section) throws IOException {
        long[] place = table.get(section);
        if (place == null) {
            throw new IOException("%s has no section '%s'".formatted(file, section));
        }
        return stream(place[0], place[1]);
    }

    private DataInputStream stream(long offset, long length) throws IOException {
        return new DataInputStream(new BufferedInputStream(new Part(offset, length), BUFFER));
    }

    /** {@inheritDoc} */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CheckpointException(
                    "The checkpoint %s cannot be closed: %s".formatted(file, e), e);
        }
    }

    /** A part of the file. */
    private final class Part extends InputStream {

        private long at;
        private final long end;

        Part(long offset, long length) {
            at = offset;
            end = offset + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at == end) {
                return -1;
            }
            int count = (int) Math.min(length, end - at);
            fill(ByteBuffer.wrap(bytes, offset, count).slice(), at);
            at += count;
            return count;
        }
    }
}
