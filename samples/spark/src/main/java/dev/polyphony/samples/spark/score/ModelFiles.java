/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.files.Sha256;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.model.ModelFolderException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a model folder, on their way to executors that may see no file of the driver. No
 * record: Kryo, which a user's session may have for its broadcasts, makes none.
 */
final class ModelFiles implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The bytes of each file by its name, relative to the folder. */
    private final TreeMap<String, byte[]> contents;

    private final String sha256;

    private ModelFiles(TreeMap<String, byte[]> contents, String sha256) {
        this.contents = contents;
        this.sha256 = sha256;
    }

    /** The checksum of names and bytes, by which the model is known. */
    String sha256() {
        return sha256;
    }

    /** Reads a folder, which must be whole. */
    static ModelFiles read(Path folder) throws IOException {
        ModelFolder.open(folder);
        TreeMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) > Integer.MAX_VALUE - 8) {
                    throw new ModelFolderException(
                            file + " has more than 2 GB, which is too much to send to executors");
                }
                String name = folder.relativize(file).toString().replace('\\', '/');
                contents.put(name, Files.readAllBytes(file));
            }
        }
        return new ModelFiles(contents, checksum(contents));
    }

    /** Writes the files, if they are still those that were read. */
    void write(Path folder) throws IOException {
        if (!checksum(contents).equals(sha256)) {
            throw new ModelFolderException(
                    "The model's files did not arrive as they were sent: their SHA-256 is another");
        }
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static String checksum(TreeMap<String, byte[]> contents) {
        MessageDigest digest = Sha256.newDigest();
        contents.forEach(
                (name, bytes) -> {
                    // no name holds a line break before a number
                    digest.update(
                            (name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                });
        return HexFormat.of().formatHex(digest.digest());
    }
}
