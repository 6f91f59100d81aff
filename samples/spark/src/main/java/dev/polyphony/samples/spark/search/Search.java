/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.files.AtomicFile;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** A search from its trials to its page. */
final class Search {

    private final SearchSpace space;
    private final List<Trial> trials;
    private final SearchData data;
    private final Criterion criterion;
    private final int rows;
    private final SearchFolder folder;
    private final SearchFolder.Identity identity;
    private Ranking ranking;

    /**
     * Plans a search, and finds out whether it can begin.
     *
     * @param project what is searched
     * @param space what may be tried
     * @param trials what is tried of it
     * @param way how these were chosen, in words
     * @param metric the key of the metric that decides; null for the usual one
     * @param rows how many rows the page has at most
     * @param folder where all is kept
     * @throws IllegalArgumentException if a trial or the metric makes no sense
     * @throws IOException if the data cannot be read
     */
    Search(
            SearchProject project,
            SearchSpace space,
            List<Trial> trials,
            String way,
            String metric,
            int rows,
            SearchFolder folder)
            throws IOException {
        if (rows < 1) {
            throw new IllegalArgumentException("The page has at least 1 row, not " + rows);
        }
        trials.forEach(trial -> trial.newHarness(project));
        this.space = space;
        this.trials = trials;
        this.rows = rows;
        this.folder = folder;
        data = project.readData();
        criterion = Criterion.of(data.train().getTask(), metric);
        Map<String, String> parts = new LinkedHashMap<>(space.describe());
        // more seeds, as more trials, may come later
        parts.remove("seeds");
        parts.put("trials", way);
        identity =
                new SearchFolder.Identity(
                        project.getClass().getName(), data.getFingerprint(), parts);
    }

    /**
     * Runs what is missing, and makes the report.
     *
     * @param spark where trials run
     * @param progress is told when a trial is done
     * @return the report
     * @throws IOException if the folder has another search, or cannot be read or written
     * @throws SearchException if no trial was trained, or an executor cannot do its work
     */
    Report run(JavaSparkContext spark, Consumer<String> progress) throws IOException {
        folder.begin(identity);
        Map<Trial, TrialResult> results = new TrialJob(spark, folder, progress).run(trials);
        AtomicFile.write(getTable(), SearchTable.toCsv(results));
        ranking = Ranking.of(results, criterion);
        return new SearchReport(space, data, criterion, folder, rows).make(ranking);
    }

    Path write(Report report) throws IOException {
        return report.writeTo(folder.path().resolve("report"));
    }

    Path getTable() {
        return folder.path().resolve("trials.csv");
    }

    String getBest() {
        Ranking.Entry best = ranking.getRanked().get(0);
        return "%s (%s %s)"
                .formatted(
                        space.getLabel(best.first()),
                        criterion.metric().title(),
                        criterion.metric().format(best.score()));
    }

    Path getBestModel() {
        return folder.of(ranking.getRanked().get(0).first().getKey()).getModel();
    }
}
