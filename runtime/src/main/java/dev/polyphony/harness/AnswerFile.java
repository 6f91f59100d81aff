/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.files.AtomicFile;
import dev.polyphony.files.Sha256;
import dev.polyphony.train.MemberPrediction;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file of what members say of a data set, batch by batch: how many scores and labels follow, then
 * the scores as floats, then the labels as ints.
 */
final class AnswerFile {

    private AnswerFile() {}

    /** Gives answers, which are written. */
    @FunctionalInterface
    interface Source {

        void streamTo(MemberPrediction.Answers to) throws IOException;
    }

    static void write(Path file, Source source) throws IOException {
        AtomicFile.write(
                file,
                channel -> {
                    OutputStream raw = Channels.newOutputStream(channel);
                    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw));
                    try {
                        source.streamTo((scores, labels) -> write(out, scores, labels));
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                    out.flush();
                });
    }

    private static void write(DataOutputStream out, float[] scores, int[] labels) {
        int[] known = labels == null ? new int[0] : labels;
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (2 + scores.length + known.length));
        bytes.putInt(scores.length).putInt(known.length);
        for (float score : scores) {
            bytes.putFloat(score);
        }
        for (int label : known) {
            bytes.putInt(label);
        }
        try {
            out.write(bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void read(Path file, MemberPrediction.Answers to) throws IOException {
        long left = Files.size(file);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (left > 0) {
                float[] scores = new float[in.readInt()];
                int[] labels = new int[in.readInt()];
                int size = Integer.BYTES * (scores.length + labels.length);
                ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(size));
                if (bytes.limit() < size) {
                    throw new EOFException(file + " ends too early");
                }
                bytes.asFloatBuffer().get(scores);
                bytes.position(Float.BYTES * scores.length).slice().asIntBuffer().get(labels);
                to.onBatch(scores, labels.length == 0 ? null : labels);
                left -= 2 * Integer.BYTES + size;
            }
        }
    }

    /** What tells whether a file is as it was written. */
    static String digest(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
