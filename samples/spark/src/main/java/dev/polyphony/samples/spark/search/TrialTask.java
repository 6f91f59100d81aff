/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.harness.ChildProcess;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * A task of Spark: has a trial trained by a process of its own, since DJL trains once at a time in
 * a process, and executors run several tasks at a time.
 */
final class TrialTask implements Function<TrialTask.Order, TrialResult> {

    private static final long serialVersionUID = 1L;
    private static final long LOOK_MILLISECONDS = 100;

    private final String folder;
    private final int attempts;

    /**
     * What a task is told.
     *
     * @param key the key of the trial
     * @param spec what its folder must say
     */
    record Order(String key, String spec) implements Serializable {}

    /**
     * Creates tasks.
     *
     * @param folder the folder of the search
     * @param attempts how often Spark tries a task
     */
    TrialTask(SearchFolder folder, int attempts) {
        this.folder = folder.path().toString();
        this.attempts = attempts;
    }

    /** {@inheritDoc} */
    @Override
    public TrialResult call(Order order) throws IOException, InterruptedException {
        SearchFolder.TrialFolder trial = new SearchFolder(Path.of(folder)).of(order.key());
        if (!trial.has(order.spec())) {
            throw new SearchException(
                    "%s does not see %s as this program wrote it: the folder of --out must be one that all machines share, under the same path"
                            .formatted(here(), trial.path()));
        }
        TaskContext task = TaskContext.get();
        String failure = run(trial, order.key(), task);
        if (failure == null) {
            return trial.findResult()
                    .orElseThrow(
                            () ->
                                    new SearchException(
                                            "%s does not see the result in %s that its process wrote"
                                                    .formatted(here(), trial.path())));
        }
        if (task.attemptNumber() + 1 < attempts) {
            throw new SearchException("%s: %s".formatted(here(), failure));
        }
        // the last attempt: not kept, so that the next run of the search tries again
        return TrialResult.failed("%s: %s".formatted(here(), failure));
    }

    /** Returns why there is no result; null if there is one. */
    private String run(SearchFolder.TrialFolder trial, String key, TaskContext task)
            throws IOException, InterruptedException {
        Path log = trial.getLog(task.taskAttemptId());
        Process process =
                ChildProcess.of(TrialProcess.class, TrialProcess.class, List.of(folder, key))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            while (!process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                if (task.isInterrupted()) {
                    throw new TaskKilledException("the search was stopped");
                }
            }
            int code = process.exitValue();
            if (code == TrialProcess.UNFIT) {
                throw new SearchException("%s: %s".formatted(here(), reason(log, code)));
            }
            return code == 0 ? null : reason(log, code);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String reason(Path log, int code) throws IOException {
        return new String(Files.readAllBytes(log), Charset.defaultCharset())
                .lines()
                .filter(line -> line.startsWith(TrialProcess.ERROR))
                .map(line -> line.substring(TrialProcess.ERROR.length()))
                .findFirst()
                .orElse(
                        "its process ended with code %d; what it said is in %s"
                                .formatted(code, log));
    }

    /** The executor, as people find it again. */
    private static String here() {
        SparkEnv env = SparkEnv.get();
        return "Executor %s on %s"
                .formatted(env.executorId(), env.blockManager().blockManagerId().host());
    }
}
