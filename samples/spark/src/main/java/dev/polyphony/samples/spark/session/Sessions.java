/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Makes sessions whose executors have all that ensembles need: the jars, and one thread for each
 * operation of the engine, since a task has one core.
 */
public final class Sessions {

    /** Two threads of this process: what runs where no cluster is named. */
    public static final String LOCAL = "local[2]";

    private static final String OFFLINE = "ai.djl.offline";

    private Sessions() {}

    /**
     * Opens a session, of which a process has one at a time.
     *
     * @param master {@code local[N]} for N threads of this process, or the URL of a cluster
     * @param settings Spark's settings by name; they go before those that this makes
     * @return the session; close it
     * @throws IllegalStateException if the master is a cluster, and no jars of Spark are found to
     *     tell the job's own from
     * @throws IllegalArgumentException if the master is one of Spark's own, and does not answer
     */
    public static SparkSession open(String master, Map<String, String> settings) {
        StandaloneMasters.requireOne(master);
        return SparkSession.builder().config(configure(master, settings)).getOrCreate();
    }

    static SparkConf configure(String master, Map<String, String> settings) {
        SparkConf conf =
                new SparkConf()
                        .setMaster(master)
                        .setAppName("polyphony")
                        .set("spark.ui.enabled", "false")
                        // HotSpot compiles no larger method, and a row of many columns makes one
                        .set("spark.sql.codegen.hugeMethodLimit", "8000")
                        .set("spark.executorEnv.MALLOC_ARENA_MAX", "1");
        settings.forEach(conf::set);
        String options =
                "-D%s=%s -DOPT_OUT_TRACKING=true -Dai.djl.pytorch.num_threads=1 -Djava.awt.headless=true"
                        .formatted(OFFLINE, System.getProperty(OFFLINE, "true"));
        String given = settings.getOrDefault("spark.executor.extraJavaOptions", "");
        // what is said last counts
        conf.set("spark.executor.extraJavaOptions", (options + " " + given).strip());
        if (!isThisProcess(master) && !settings.containsKey("spark.jars")) {
            conf.set(
                    "spark.jars",
                    jobJars().stream().map(Path::toString).collect(Collectors.joining(",")));
        }
        return conf;
    }

    /** {@code local-cluster}, which Spark has for tests, makes processes. */
    private static boolean isThisProcess(String master) {
        return master.equals("local") || master.startsWith("local[");
    }

    private static List<Path> jobJars() {
        String home = System.getenv().getOrDefault("SPARK_HOME", "SPARK_HOME");
        List<Path> classpath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(Path::of)
                        .toList();
        return JobJars.find(classpath, Path.of(home, "jars"), newFolder());
    }

    /** Executors that start late ask for the jars, too: they stay until the process ends. */
    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("polyphony-jars");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary folder for the jars of the job", e);
        }
    }
}
