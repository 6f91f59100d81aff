/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Writes a file beside its place and moves it there once it is on the disk: whoever reads, and
 * whenever the process or the machine stops, there is the whole old file or the whole new one.
 */
public final class AtomicFile {

    private static final String PREFIX = ".";
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the content.
         *
         * @param channel the empty file, not to be closed
         * @throws IOException if it cannot be written
         */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes a text.
     *
     * @param file the file; its folder is made if it is not there
     * @param text the text, written as UTF-8
     * @throws IOException if it cannot be written; an earlier file is as it was
     */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes.
     *
     * @param file the file; its folder is made if it is not there
     * @param bytes the bytes
     * @throws IOException if it cannot be written; an earlier file is as it was
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(
                file,
                channel -> {
                    ByteBuffer left = ByteBuffer.wrap(bytes);
                    while (left.hasRemaining()) {
                        channel.write(left);
                    }
                });
    }

    /**
     * Writes what is made on the way.
     *
     * @param file the file; its folder is made if it is not there
     * @param content writes the content
     * @throws IOException if it cannot be written; an earlier file is as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        long process = ProcessHandle.current().pid();
        Path temporary = folder.resolve(PREFIX + file.getFileName() + "." + process + SUFFIX);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(temporary);
            try (FileChannel channel =
                    FileChannel.open(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            put(temporary, file);
        } catch (IOException e) {
            IOException failure = new IOException("cannot write " + file + ": " + e, e);
            discard(temporary, failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            discard(temporary, e);
            throw e;
        }
    }

    /**
     * Puts a file that is written in its place, once it is on the disk.
     *
     * @param written the file as it was written, on the same disk
     * @param file its place; an earlier file is replaced
     * @throws IOException if it cannot be moved
     */
    public static void move(Path written, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        put(written, file);
    }

    private static void put(Path written, Path file) throws IOException {
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.toAbsolutePath().getParent());
    }

    private static void discard(Path temporary, Throwable failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /** Waits until a file's name is on the disk. Windows has no such call, and keeps names safe. */
    private static void force(Path folder) throws IOException {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Deletes what processes left that stopped while they wrote.
     *
     * @param folder the folder
     * @param glob which files the processes wrote, such as {@code *.html}
     * @throws IOException if a file cannot be deleted
     */
    public static void deleteLeftOver(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> leftOver =
                Files.newDirectoryStream(folder, PREFIX + glob + ".*" + SUFFIX)) {
            for (Path file : leftOver) {
                Files.deleteIfExists(file);
            }
        }
    }
}
