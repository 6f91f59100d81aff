/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.Charset;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Trains the members of a deep ensemble in processes of their own, some at a time. A member is
 * written when it is trained, and not trained again.
 */
final class MemberProcesses {

    private final Path folder;
    private final int processes;

    /**
     * Plans processes.
     *
     * @param folder where members are written; made if it is not there
     * @param processes how many processes run at a time
     */
    MemberProcesses(Path folder, int processes) {
        this.folder = folder;
        this.processes = processes;
    }

    /** Whether a folder has members, or what to train. */
    static boolean isBegun(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{member-*,job}.bin")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException("Members in %s: %s".formatted(folder, e), e);
        }
    }

    /** Deletes a folder of members, if there is one. */
    static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be deleted: %s".formatted(folder, e), e);
        }
    }

    /**
     * Trains the members that are not there yet.
     *
     * @param job what to train
     * @return all members in order
     * @throws IllegalArgumentException if the job cannot go to other processes, or the folder has
     *     members of another one
     * @throws IllegalStateException if a member fails; the others are stopped, and go on next time
     * @throws UncheckedIOException if the folder cannot be read or written
     */
    List<MemberResult> train(MemberJob job) {
        byte[] bytes = job.toBytes();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE)) {
                lock(channel);
                AtomicFile.deleteLeftOver(folder, "member-*.bin");
                String fingerprint = MemberJob.fingerprint(bytes);
                List<Integer> missing = missing(job, fingerprint);
                if (!missing.isEmpty()) {
                    AtomicFile.write(MemberProcess.job(folder), bytes);
                    runAll(job, fingerprint, missing);
                    // the data are in it
                    Files.delete(MemberProcess.job(folder));
                }
                List<MemberResult> results = new ArrayList<>();
                for (int member = 0; member < job.members(); member++) {
                    results.add(MemberResult.read(MemberProcess.result(folder, member)));
                }
                return results;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Members of %s: %s".formatted(job.name(), e.getMessage()), e);
        }
    }

    /** Until the channel is closed. */
    private void lock(FileChannel channel) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new IllegalStateException(
                    "Members are being trained in %s already: wait, or give another folder"
                            .formatted(folder));
        }
    }

    private List<Integer> missing(MemberJob job, String fingerprint) throws IOException {
        List<Integer> missing = new ArrayList<>();
        for (int member = 0; member < job.members(); member++) {
            Path file = MemberProcess.result(folder, member);
            if (!Files.exists(file)) {
                missing.add(member);
            } else if (!MemberResult.read(file).fingerprint().equals(fingerprint)) {
                throw new IllegalArgumentException(
                        "%s is of another training, with another model, other data or settings: give another folder, or empty this one"
                                .formatted(file));
            }
        }
        return missing;
    }

    private void runAll(MemberJob job, String fingerprint, List<Integer> members)
            throws IOException {
        ExecutorService executor = Executors.newFixedThreadPool(processes);
        try {
            CompletionService<Void> running = new ExecutorCompletionService<>(executor);
            for (int member : members) {
                running.submit(
                        () -> {
                            run(job, fingerprint, member);
                            return null;
                        });
            }
            for (int i = 0; i < members.size(); i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "The training of members was interrupted; those in %s are kept"
                            .formatted(folder),
                    e);
        } finally {
            // interrupts those who wait for a process, and they end it
            executor.shutdownNow();
            awaitEnd(executor);
        }
    }

    private static void awaitEnd(ExecutorService executor) {
        try {
            executor.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(MemberJob job, String fingerprint, int member)
            throws IOException, InterruptedException {
        Path log = MemberProcess.log(folder, member);
        Process process =
                ChildProcess.of(
                                MemberProcess.class,
                                job.getUser(),
                                List.of(
                                        folder.toAbsolutePath().toString(),
                                        "" + member,
                                        fingerprint))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            int code = process.waitFor();
            if (code != 0 || !Files.exists(MemberProcess.result(folder, member))) {
                throw new IllegalStateException(
                        "Member %d of %d of %s failed in its process: %s. All that it said is in %s"
                                .formatted(
                                        member, job.members(), job.name(), reason(log, code), log));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String reason(Path log, int code) throws IOException {
        return new String(Files.readAllBytes(log), Charset.defaultCharset())
                .lines()
                .filter(line -> line.startsWith(MemberProcess.ERROR))
                .map(line -> line.substring(MemberProcess.ERROR.length()))
                .findFirst()
                .orElse("it ended with code " + code);
    }
}
