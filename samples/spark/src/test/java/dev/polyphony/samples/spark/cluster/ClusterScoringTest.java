/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.samples.spark.score.ModelUnavailableException;
import dev.polyphony.samples.spark.score.TableScorer;
import dev.polyphony.samples.spark.score.TestModels;
import dev.polyphony.samples.spark.session.Sessions;
import dev.polyphony.samples.spark.table.GeneratedDigits;
import dev.polyphony.samples.spark.table.ScoredTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores on a master and two workers, each a process, and ends executors in the middle of it. */
class ClusterScoringTest {

    /** {@code -Dpolyphony.kills=10} for more than one. */
    private static final int KILLS = Integer.getInteger("polyphony.kills", 1);

    private static final int ROWS = 2000;
    private static final int PARTITIONS = 8;
    private static final int DAMAGED_EVERY = 100;

    /** Behind two batches, before the end of the partition of 250. */
    private static final int GATE = 150;

    @TempDir private static Path folder;

    private static LocalCluster cluster;
    private static Path model;

    @BeforeAll
    static void start() throws IOException {
        cluster = LocalCluster.start(folder.resolve("cluster"), 2, 1);
        model = TestModels.classes(folder.resolve("model"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Map<String, String> settings() {
        return new HashMap<>(
                Map.of(
                        "spark.executor.memory", "512m",
                        "spark.sql.shuffle.partitions", "2",
                        "spark.executor.extraJavaOptions",
                                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    }

    private static List<Row> score(TableScorer scorer, Dataset<Row> table, Path out) {
        ScoredTable scored =
                ScoredTable.write(
                        scorer.score(table), scorer.getErrorColumn(), out.toString(), false);
        assertEquals(ROWS / DAMAGED_EVERY, scored.rejected());
        assertEquals(ROWS - scored.rejected(), scored.scored());
        return table.sparkSession().read().parquet(out.toString()).orderBy("id").collectAsList();
    }

    @Test
    void executorsThatAreKilledChangeNoRow() throws Exception {
        TableScorer scorer = TableScorer.builder().setModel(model).optBatchSize(64).build();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SparkSession spark = Sessions.open(cluster.getUrl(), settings())) {
            AtomicInteger lost = new AtomicInteger();
            spark.sparkContext()
                    .addSparkListener(
                            new SparkListener() {
                                @Override
                                public void onTaskEnd(SparkListenerTaskEnd end) {
                                    if (end.reason() instanceof ExecutorLostFailure) {
                                        lost.incrementAndGet();
                                    }
                                }
                            });
            Dataset<Row> table = GeneratedDigits.of(spark, ROWS, PARTITIONS, DAMAGED_EVERY);
            List<Row> expected = score(scorer, table, folder.resolve("undisturbed"));
            assertEquals(ROWS, expected.size());
            for (int i = 0; i < KILLS; i++) {
                Path gate = Files.createDirectory(folder.resolve("gate-" + i));
                Path out = folder.resolve("killed-" + i);
                Dataset<Row> gated =
                        table.mapPartitions(
                                new Gate(gate, i % PARTITIONS, GATE), Encoders.row(table.schema()));
                Future<List<Row>> rows = thread.submit(() -> score(scorer, gated, out));
                cluster.killExecutor(Gate.awaitProcess(gate));
                assertEquals(expected, rows.get(5, TimeUnit.MINUTES));
                int ended = i + 1;
                LocalCluster.await("Spark tells of the lost task", () -> lost.get() >= ended);
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void executorsWithoutTheNativeLibraryAreNamed() throws IOException {
        TableScorer scorer = TableScorer.builder().setModel(model).build();
        Map<String, String> settings = settings();
        settings.put("spark.task.maxFailures", "1");
        settings.merge(
                "spark.executor.extraJavaOptions",
                "-DDJL_CACHE_DIR=" + folder.resolve("no-cache"),
                (all, one) -> all + " " + one);
        String classpath = System.getProperty("java.class.path");
        System.setProperty(
                "java.class.path",
                Arrays.stream(classpath.split(File.pathSeparator))
                        .filter(entry -> !entry.contains("pytorch-native"))
                        .collect(Collectors.joining(File.pathSeparator)));
        try (SparkSession spark = Sessions.open(cluster.getUrl(), settings)) {
            Dataset<Row> scored = scorer.score(GeneratedDigits.of(spark, 10, 1, 0));
            Throwable failure = assertThrows(Exception.class, scored::collectAsList);
            while (failure.getCause() != null && !(failure instanceof ModelUnavailableException)) {
                failure = failure.getCause();
            }
            String message = failure.getMessage();
            assertTrue(
                    message.matches(
                            "(?s)Executor [01] at 127\\.0\\.0\\.1:\\d+ \\(process \\d+\\) cannot load the model: PyTorch does not start there \\(.*"),
                    message);
            assertTrue(message.contains("ai.djl.pytorch:pytorch-native-cpu"), message);
            assertEquals(1, message.lines().count(), message);
        } finally {
            System.setProperty("java.class.path", classpath);
        }
    }
}
