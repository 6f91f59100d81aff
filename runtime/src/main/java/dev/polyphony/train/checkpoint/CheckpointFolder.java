/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of one training's checkpoints, which are called {@code checkpoint-00000500.ply} by the
 * steps that were made. It is locked while the training runs.
 */
public final class CheckpointFolder implements AutoCloseable {

    private static final String GLOB = "checkpoint-*.ply";
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{8,18})\\.ply");
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel channel;

    private CheckpointFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder for a training, and deletes what one left that was killed while it wrote.
     *
     * @param folder the folder; made if it is not there
     * @return the folder, to be closed
     * @throws CheckpointException if it cannot be written to, or another training runs in it
     */
    public static CheckpointFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            try {
                requireLock(folder, channel);
                AtomicFile.deleteLeftOver(folder, GLOB);
                return new CheckpointFolder(folder, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CheckpointException(
                    "Checkpoints cannot be kept in %s: %s".formatted(folder, e), e);
        }
    }

    private static void requireLock(Path folder, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new CheckpointException(
                    "Another training keeps its checkpoints in %s at this moment: wait for its end, end it, or use another folder"
                            .formatted(folder));
        }
    }

    /**
     * Returns the checkpoints in a folder. None is opened.
     *
     * @param folder the folder
     * @return the files, the oldest first; none if there is no such folder
     * @throws CheckpointException if the folder cannot be read
     */
    public static List<Path> list(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, GLOB)) {
            all.forEach(
                    file -> {
                        if (steps(file) >= 0) {
                            files.add(file);
                        }
                    });
        } catch (IOException | DirectoryIteratorException e) {
            throw new CheckpointException(
                    "The folder %s cannot be read: %s".formatted(folder, e), e);
        }
        files.sort(Comparator.comparingLong(CheckpointFolder::steps));
        return files;
    }

    /**
     * Opens the newest checkpoint in a folder.
     *
     * @param folder the folder
     * @return the checkpoint, to be closed
     * @throws CheckpointException if there is none, or the newest is damaged: names the one before
     *     that is not
     */
    public static CheckpointReader openNewest(Path folder) {
        List<Path> files = list(folder);
        if (files.isEmpty()) {
            throw new CheckpointException(
                    "There is no checkpoint to resume from in %s: train with checkpoints kept there first"
                            .formatted(folder));
        }
        try {
            return CheckpointReader.open(files.get(files.size() - 1));
        } catch (CheckpointException e) {
            throw new CheckpointException(
                    e.getMessage() + ". " + wayOut(files.subList(0, files.size() - 1)), e);
        }
    }

    private static String wayOut(List<Path> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            try (CheckpointReader intact = CheckpointReader.open(before.get(i))) {
                return "Before it, %s is intact: move what is newer away to resume from there"
                        .formatted(intact.getFile().getFileName());
            } catch (CheckpointException alsoDamaged) {
                // the one before may do
            }
        }
        return "No checkpoint before it is intact: train again in another folder";
    }

    /** The steps that a checkpoint was written after; negative if it is none. */
    private static long steps(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private Path path(long steps) {
        return folder.resolve(String.format(Locale.ROOT, "checkpoint-%08d.ply", steps));
    }

    /**
     * Writes a checkpoint: once this returns it is on the disk, whole.
     *
     * @param steps the steps that were made
     * @param sections its sections in order, by name
     * @return the file
     * @throws CheckpointException if it cannot be written; those before are as they were
     */
    public Path write(long steps, Map<String, SectionContent> sections) {
        Path file = path(steps);
        try {
            AtomicFile.write(file, target -> new CheckpointWriter(target).write(sections));
            return file;
        } catch (IOException e) {
            throw new CheckpointException(
                    "Training stopped after step %d, as its checkpoint could not be kept: %s. Those before it are as they were: make room, or whatever it needs, and resume"
                            .formatted(steps, e.getMessage()),
                    e);
        }
    }

    /**
     * Deletes old checkpoints.
     *
     * @param last how many of the newest stay, at least 1
     * @param alsoAfter the steps after which others stay
     * @throws CheckpointException if one cannot be deleted
     */
    public void retain(int last, Collection<Long> alsoAfter) {
        List<Path> files = list(folder);
        for (Path file : files.subList(0, Math.max(0, files.size() - last))) {
            if (alsoAfter.contains(steps(file))) {
                continue;
            }
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CheckpointException(
                        "The old checkpoint %s cannot be deleted: %s".formatted(file, e), e);
            }
        }
    }

    /** Frees the folder for others. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CheckpointException(
                    "The folder %s cannot be freed: %s".formatted(folder, e), e);
        }
    }
}
