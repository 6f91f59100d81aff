/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.files.AtomicFile;
import dev.polyphony.train.progress.History;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A member that was trained by itself.
 *
 * @param fingerprint of what job
 * @param history how training went
 * @param parameters the parameters of its model, as the model saves them
 */
record MemberResult(String fingerprint, History history, byte[] parameters) {

    private static final int MAGIC = 0x504c594d;
    private static final int VERSION = 2;

    /** Writes a file that is there whole or not at all. */
    void write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeUTF(fingerprint);
            out.writeLong(history.steps());
            out.writeLong(history.forwardCalls());
            out.writeDouble(history.seconds());
            out.writeInt(history.kept());
            out.writeInt(history.epochs().size());
            for (History.Epoch epoch : history.epochs()) {
                epoch.write(out);
            }
            out.writeInt(parameters.length);
            out.write(parameters);
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        }
        AtomicFile.write(file, bytes.toByteArray());
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it is damaged or no such file
     */
    static MemberResult read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int body = bytes.length - Long.BYTES;
            if (in.readInt() != MAGIC || in.readInt() != VERSION || body < 0) {
                throw new IOException("not of this kind");
            }
            in.mark(0);
            in.skipNBytes(body - 2L * Integer.BYTES);
            if (in.readLong() != checksum(bytes, body)) {
                throw new IOException("wrong checksum");
            }
            in.reset();
            String fingerprint = in.readUTF();
            long steps = in.readLong();
            long forwardCalls = in.readLong();
            double seconds = in.readDouble();
            int kept = in.readInt();
            List<History.Epoch> epochs = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                epochs.add(History.Epoch.read(in));
            }
            byte[] parameters = in.readNBytes(in.readInt());
            return new MemberResult(
                    fingerprint,
                    new History(epochs, steps, forwardCalls, seconds, kept),
                    parameters);
        } catch (IOException e) {
            throw new IOException(
                    "%s is no member that was trained, or is damaged (%s): delete it, and the member is trained again"
                            .formatted(file, e.getMessage() == null ? e : e.getMessage()),
                    e);
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
