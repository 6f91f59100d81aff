/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.cluster;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A Spark cluster of real processes on the loopback interface: a master and workers, started from
 * the distribution that the build lays out. Closing it ends all of them, and their executors.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String HOST = "127.0.0.1";
    private static final Pattern MASTER =
            Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final String REGISTERED = "Successfully registered with master";

    private final Path folder;
    private final List<Process> workers = new ArrayList<>();
    private final List<Path> workerLogs = new ArrayList<>();
    private final Thread onExit = new Thread(this::kill);
    private Process master;
    private String url;

    private LocalCluster(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts a master and workers, and waits until these are registered.
     *
     * @param folder a folder for logs and work
     * @param workers the number of workers
     * @param cores the cores of each
     * @return the cluster; close it
     * @throws IOException if a process cannot be started
     */
    public static LocalCluster start(Path folder, int workers, int cores) throws IOException {
        LocalCluster cluster = new LocalCluster(Files.createDirectories(folder));
        try {
            Runtime.getRuntime().addShutdownHook(cluster.onExit);
            cluster.startMaster();
            for (int i = 0; i < workers; i++) {
                cluster.startWorker(i, cores);
            }
            for (int i = 0; i < workers; i++) {
                Path log = cluster.workerLogs.get(i);
                Process worker = cluster.workers.get(i);
                await("a worker registers: " + log, worker, () -> read(log).contains(REGISTERED));
            }
            return cluster;
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void startMaster() throws IOException {
        Path log = folder.resolve("master.log");
        master =
                launch(
                        log,
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        HOST,
                        "--port",
                        "0",
                        "--webui-port",
                        "0");
        await("the master starts: " + log, master, () -> MASTER.matcher(read(log)).find());
        Matcher found = MASTER.matcher(read(log));
        url = found.find() ? found.group(1) : fail(read(log));
    }

    private void startWorker(int number, int cores) throws IOException {
        Path log = folder.resolve("worker-" + number + ".log");
        workerLogs.add(log);
        workers.add(
                launch(
                        log,
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        HOST,
                        "--webui-port",
                        "0",
                        "--cores",
                        Integer.toString(cores),
                        "--memory",
                        "4g",
                        "--work-dir",
                        folder.resolve("work-" + number).toString(),
                        url));
    }

    private static Process launch(Path log, String... command) throws IOException {
        String home = System.getenv("SPARK_HOME");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("@" + Path.of("java-options").toAbsolutePath());
        line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(List.of("-cp", home + File.separator + "jars" + File.separator + "*"));
        line.addAll(List.of(command));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /**
     * Returns the URL of the master.
     *
     * @return {@code spark://HOST:PORT}
     */
    public String getUrl() {
        return url;
    }

    /**
     * Returns the executors that run now: workers have no other children.
     *
     * @return their processes
     */
    public List<ProcessHandle> getExecutors() {
        return workers.stream()
                .flatMap(worker -> worker.children())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /**
     * Ends an executor as {@code kill -9} does, and waits until it is gone.
     *
     * @param pid its process
     */
    public void killExecutor(long pid) {
        ProcessHandle executor =
                getExecutors().stream()
                        .filter(one -> one.pid() == pid)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(pid + " is no executor"));
        executor.destroyForcibly();
        await("executor " + pid + " ends", null, () -> !executor.isAlive());
    }

    /**
     * Waits for a condition.
     *
     * @param what what is waited for
     * @param condition what must come true within three minutes
     */
    public static void await(String what, BooleanSupplier condition) {
        await(what, null, condition);
    }

    private static void await(String what, Process process, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (process != null && !process.isAlive()) {
                fail("The process ended before " + what);
            }
            if (System.nanoTime() - end > 0) {
                fail("It did not come to pass that " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("Interrupted while waiting that " + what);
            }
        }
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() {
        List<ProcessHandle> all =
                Stream.concat(workers.stream(), Stream.ofNullable(master))
                        .map(Process::toHandle)
                        .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
                        .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** Ends all processes, and removes what the executors left. */
    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(onExit);
        for (int i = 0; i < workers.size(); i++) {
            FileUtils.deleteQuietly(folder.resolve("work-" + i).toFile());
        }
    }
}
