/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/**
 * Sources jars and folders of sources, in which the files of libraries are looked up.
 *
 * @param paths the paths, as written
 */
record SourcePath(List<String> paths) {

    /** Reads paths that stand one after the other as on a class path. */
    static SourcePath of(String option) {
        return new SourcePath(
                Stream.of(option.split(File.pathSeparator))
                        .map(String::strip)
                        .filter(path -> !path.isEmpty())
                        .toList());
    }

    /** The first path that is neither a folder nor a jar. */
    Optional<String> unusable() {
        return paths.stream().filter(path -> !isUsable(path)).findFirst();
    }

    private static boolean isUsable(String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return true;
            }
            new ZipFile(path.toFile()).close();
            return true;
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    /**
     * Finds a file.
     *
     * @param name the name below the root of the sources, with slashes
     * @return the file in the first path that has it
     * @throws IOException if a path cannot be read
     */
    Optional<JavaFileObject> find(String name) throws IOException {
        for (String path : paths) {
            Optional<byte[]> content = content(Path.of(path), name);
            if (content.isPresent()) {
                return Optional.of(file(name, content.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> content(Path path, String name) throws IOException {
        if (Files.isDirectory(path)) {
            Path file = path.resolve(name);
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        }
        try (ZipFile jar = new ZipFile(path.toFile())) {
            ZipEntry entry = jar.getEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (ZipException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    private static JavaFileObject file(String name, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return new SimpleJavaFileObject(
                URI.create("sources:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
