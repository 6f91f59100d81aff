/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.samples.spark.cluster.LocalCluster;
import dev.polyphony.train.checkpoint.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor is killed in the middle of a trial: table and page are those of an undisturbed
 * search. {@code -Dpolyphony.kills=N} kills in N searches, one after the other.
 */
class SearchKillTest {

    private static final int KILLS = Integer.getInteger("polyphony.kills", 1);

    @TempDir private Path folder;

    private static Command search(String master, Path out, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--master=" + master,
                                "--conf=spark.executor.memory=512m",
                                "--conf=spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                                "--form=plain,packed,sub-ensemble",
                                "--alpha=2",
                                "--set=units=16",
                                "--training=epochs=30",
                                "--training=batch-size=32",
                                "--training=learning-rate=0.003",
                                "--grid",
                                "--out=" + out));
        args.addAll(List.of(more));
        return Command.run(new SearchCommand(), args.toArray(String[]::new));
    }

    @Test
    void aKilledExecutorChangesNothing() throws IOException {
        Path calm = folder.resolve("calm");
        Command undisturbed = search("local[2]", calm);
        assertEquals(0, undisturbed.code(), undisturbed.err());
        try (LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"), 2, 1)) {
            for (int kill = 0; kill < KILLS; kill++) {
                Path out = folder.resolve("killed-" + kill);
                CompletableFuture<Command> running =
                        CompletableFuture.supplyAsync(() -> search(cluster.getUrl(), out));
                Path trial = killOne(cluster, out, running);
                Command disturbed = running.join();
                assertEquals(0, disturbed.code(), disturbed.err());
                assertEquals(withoutSeconds(calm), withoutSeconds(out));
                assertEquals(
                        Files.readString(calm.resolve("report/index.html")),
                        Files.readString(out.resolve("report/index.html")));
                assertGoneOn(trial);
            }
            executorsWithoutTheFolderAreNamed(cluster);
        }
    }

    /** Waits until a trial has made some epochs, and kills the executor of its process. */
    private static Path killOne(
            LocalCluster cluster, Path out, CompletableFuture<Command> running) {
        AtomicReference<Path> found = new AtomicReference<>();
        LocalCluster.await(
                "a trial is on its way",
                () -> {
                    if (running.isDone()) {
                        throw new AssertionError("All is over: " + running.join());
                    }
                    findHalf(out).ifPresent(found::set);
                    return found.get() != null && executor(cluster, found.get()).isPresent();
                });
        ProcessHandle executor = executor(cluster, found.get()).orElseThrow();
        List<ProcessHandle> children = executor.children().toList();
        cluster.killExecutor(executor.pid());
        LocalCluster.await(
                "the process of a trial ends with its executor",
                () -> children.stream().noneMatch(ProcessHandle::isAlive));
        return found.get();
    }

    private static Optional<Path> findHalf(Path out) {
        try (Stream<Path> trials = Files.list(out.resolve("trials"))) {
            return trials.filter(SearchKillTest::isHalf).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isHalf(Path trial) {
        if (Files.exists(trial.resolve("result.json"))) {
            return false;
        }
        try (Stream<Path> files = Files.list(trial.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.matches("checkpoint-0*[1-9]\\d+\\.ply"));
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<ProcessHandle> executor(LocalCluster cluster, Path trial) {
        String key = trial.getFileName().toString();
        return cluster.getExecutors().stream()
                .filter(executor -> executor.children().anyMatch(child -> trains(child, key)))
                .findFirst();
    }

    private static boolean trains(ProcessHandle process, String key) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(key::equals);
    }

    private static List<String> withoutSeconds(Path out) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("trials.csv"))) {
            rows.add(line.substring(0, line.lastIndexOf(',')));
        }
        assertEquals(4, rows.size());
        return rows;
    }

    /** Another process has gone on from the checkpoint of the one that was killed. */
    private static void assertGoneOn(Path trial) throws IOException {
        List<String> said = new ArrayList<>();
        try (Stream<Path> files = Files.list(trial)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".log")).toList()) {
                said.add(read(file));
            }
        }
        assertEquals(2, said.size(), said.toString());
        assertTrue(
                said.stream().anyMatch(log -> log.contains("resumed after epoch")), said::toString);
        assertTrue(Files.exists(trial.resolve("model/model.json")));
        assertTrue(!Checkpoints.in(trial.resolve("checkpoints")).exist());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What this path means is another folder in each process, as that of a disk of its own is. */
    private static void executorsWithoutTheFolderAreNamed(LocalCluster cluster) {
        Path own = Path.of("/proc/self/cwd/target/own-" + System.nanoTime());
        try {
            Command search = search(cluster.getUrl(), own, "--conf=spark.cores.max=1");
            assertEquals(1, search.code());
            assertTrue(search.err().contains("Error: Executor 0 on 127.0.0.1"), search.err());
            assertTrue(
                    search.err().contains("--out must be one that all machines share"),
                    search.err());
        } finally {
            FileUtils.deleteQuietly(own.toFile());
        }
    }
}
