/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.samples.spark.search.SearchFolder.TrialFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** Has Spark train the trials that have no result yet, each in a task of its own. */
final class TrialJob {

    private static final int USUAL_ATTEMPTS = 4;
    private static final long LOOK_MILLISECONDS = 200;

    private final JavaSparkContext spark;
    private final SearchFolder folder;
    private final Consumer<String> progress;

    /**
     * Plans a job.
     *
     * @param spark where it runs
     * @param folder the folder of the search
     * @param progress is told when a trial is done
     */
    TrialJob(JavaSparkContext spark, SearchFolder folder, Consumer<String> progress) {
        this.spark = spark;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs the job. Stopped at any moment, the next one goes on where it was.
     *
     * @param trials the trials, which differ from one another
     * @return what came of each, in their order
     * @throws IOException if the folder cannot be read or written
     * @throws SearchException if an executor cannot do its work
     */
    Map<Trial, TrialResult> run(List<Trial> trials) throws IOException {
        Map<Trial, TrialResult> results = new LinkedHashMap<>();
        List<Trial> missing = new ArrayList<>();
        for (Trial trial : trials) {
            TrialFolder own = folder.of(trial.getKey());
            own.write(trial);
            Optional<TrialResult> done = own.findResult();
            results.put(trial, done.orElse(null));
            if (done.isEmpty()) {
                missing.add(trial);
            }
        }
        if (missing.size() < trials.size()) {
            progress.accept(
                    "%d of %d trials are there already"
                            .formatted(trials.size() - missing.size(), trials.size()));
        }
        if (!missing.isEmpty()) {
            List<TrialResult> trained = train(missing);
            for (int i = 0; i < missing.size(); i++) {
                results.put(missing.get(i), trained.get(i));
            }
        }
        return results;
    }

    private List<TrialResult> train(List<Trial> trials) throws IOException {
        List<TrialTask.Order> orders =
                trials.stream()
                        .map(one -> new TrialTask.Order(one.getKey(), one.toJson()))
                        .toList();
        TrialTask task = new TrialTask(folder, attempts());
        spark.setJobGroup("trials", "trials of " + folder.path(), true);
        // a trial is a partition: Spark's scheduler gives each to the next free core
        JavaFutureAction<List<TrialResult>> job =
                spark.parallelize(new ArrayList<>(orders), orders.size()).map(task).collectAsync();
        try {
            return await(job, new Watch(trials));
        } catch (ExecutionException e) {
            throw reason(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SearchException(
                    "The search was interrupted; what is trained is kept in " + folder.path());
        } finally {
            job.cancel(true);
        }
    }

    private static List<TrialResult> await(JavaFutureAction<List<TrialResult>> job, Watch watch)
            throws ExecutionException, InterruptedException {
        while (true) {
            try {
                List<TrialResult> results = job.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
                watch.look();
                return results;
            } catch (TimeoutException e) {
                watch.look();
            }
        }
    }

    /** Tells of results as they appear in the folder. */
    private final class Watch {

        private final List<Trial> waiting;
        private final int all;

        Watch(List<Trial> trials) {
            waiting = new ArrayList<>(trials);
            all = trials.size();
        }

        void look() {
            for (Trial trial : List.copyOf(waiting)) {
                Optional<TrialResult> result = find(trial);
                if (result.isPresent()) {
                    waiting.remove(trial);
                    String failure = result.get().failure();
                    progress.accept(
                            "%d of %d: %s%s"
                                    .formatted(
                                            all - waiting.size(),
                                            all,
                                            trial,
                                            failure == null ? "" : " failed: " + failure));
                }
            }
        }

        private Optional<TrialResult> find(Trial trial) {
            try {
                return folder.of(trial.getKey()).findResult();
            } catch (IOException e) {
                // what the task gives counts
                return Optional.empty();
            }
        }
    }

    /** How often Spark tries a task before the job fails: on one machine once. */
    private int attempts() {
        SparkConf conf = spark.getConf();
        String master = spark.master();
        if (!master.startsWith("local") || master.startsWith("local-cluster")) {
            return conf.getInt("spark.task.maxFailures", USUAL_ATTEMPTS);
        }
        String[] parts = master.replaceAll("[^\\d,*]", "").split(",");
        return parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
    }

    /** Behind it come traces of executors. */
    private static String firstLine(Throwable failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return text.lines().findFirst().orElse("");
    }

    private static RuntimeException reason(ExecutionException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SearchException own) {
                return own;
            }
        }
        return new SearchException(
                "Spark could not run the trials: " + firstLine(failure.getCause()), failure);
    }
}
