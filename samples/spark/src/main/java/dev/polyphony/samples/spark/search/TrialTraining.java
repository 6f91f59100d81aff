/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import ai.djl.TrainingDivergedException;
import dev.polyphony.data.Examples;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.KeptResult;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.report.Result;
import dev.polyphony.samples.spark.search.SearchFolder.TrialFolder;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains and judges a trial in its folder.
 *
 * @param trial what is trained
 * @param project whose model it is
 * @param data the data
 * @param folder where it is kept
 */
record TrialTraining(Trial trial, SearchProject project, SearchData data, TrialFolder folder) {

    /** Long epochs lose no more than this. */
    private static final double MINUTES = 1;

    static Checkpoints checkpoints(TrialFolder folder) {
        return Checkpoints.in(folder.getCheckpoints())
                .optEveryEpochs(1)
                .optEveryMinutes(MINUTES)
                .optKeepLast(1);
    }

    /**
     * Trains, or goes on from the newest checkpoint, and writes what came of it, also if the
     * settings do not work.
     *
     * @throws IOException if the folder cannot be written to
     * @throws RuntimeException if something else failed than the trial itself
     */
    void run() throws IOException {
        try {
            train();
        } catch (TrainingDivergedException | IllegalArgumentException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            // the same wherever the folder is
            String here = folder.path() + folder.path().getFileSystem().getSeparator();
            folder.write(TrialResult.failed(firstLine(reason.replace(here, ""))));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private void train() throws IOException {
        Checkpoints checkpoints = checkpoints(folder);
        Harness harness =
                trial.newHarness(project)
                        .optCheckpoints(checkpoints)
                        .optProgress(Progress.lines(System.out));
        // members are trained to the end: what is kept is decided by all of them together
        Examples validation = trial.member() == null ? data.validation() : null;
        try (TrainedEnsemble trained =
                checkpoints.exist()
                        ? harness.resume(data.train(), validation)
                        : harness.fit(data.train(), validation)) {
            if (trial.member() != null) {
                folder.write(result(trained, Map.of(), Map.of()));
                return;
            }
            Map<String, Double> scores = trained.getScores(validation);
            Result kept = keptResult(folder, trial).write(trained, validation, data.test());
            trained.save(folder.getModel());
            folder.write(result(trained, scores, figures(kept)));
        }
        // the model is saved, and nobody goes on from them
        deleteCheckpoints();
    }

    private static Map<String, Double> figures(Result result) {
        Map<String, Double> figures = new TreeMap<>();
        result.evaluation()
                .getValues()
                .forEach(
                        (metric, value) -> {
                            if (!value.isNaN()) {
                                figures.put(metric.key(), value);
                            }
                        });
        return figures;
    }

    static KeptResult keptResult(TrialFolder folder, Trial trial) {
        return KeptResult.in(folder.getAnswers(), trial.getKey());
    }

    private static TrialResult result(
            TrainedEnsemble trained, Map<String, Double> validation, Map<String, Double> test) {
        History history = trained.getHistory();
        return new TrialResult(
                null,
                history.epochs().size(),
                history.steps(),
                trained.getParameterCount(),
                validation,
                test,
                history.seconds());
    }

    private void deleteCheckpoints() throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder.getCheckpoints(), "*.ply")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
