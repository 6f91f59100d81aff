/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import dev.polyphony.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file of a model folder as it was written.
 *
 * @param name its name, without a folder
 * @param bytes its length
 * @param sha256 its checksum in hexadecimal digits
 */
record StoredFile(String name, long bytes, String sha256) {

    private static final int BUFFER = 1 << 16;

    static StoredFile of(Path file) throws IOException {
        return new StoredFile(file.getFileName().toString(), Files.size(file), checksum(file));
    }

    /** Requires that the file is there and as it was. */
    void requireIn(Path folder) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ModelFolderException(
                    "%s lacks its file %s: copy the whole folder".formatted(folder, name));
        }
        long now = Files.size(file);
        if (now < bytes) {
            throw new ModelFolderException(
                    "%s is cut off: it has %d of %d bytes. Copy it again"
                            .formatted(file, now, bytes));
        }
        if (now > bytes || !checksum(file).equals(sha256)) {
            throw new ModelFolderException(
                    "%s is not the file that was saved: its SHA-256 is another than %s says. Copy the whole folder again"
                            .formatted(file, ModelFolder.DESCRIPTION));
        }
    }

    private static String checksum(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
