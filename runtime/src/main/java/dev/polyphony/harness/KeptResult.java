/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.report.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a trained ensemble said of the test data, kept in a folder: the row of a report can be made
 * of it later and elsewhere, without the network and without the engine.
 *
 * <pre>{@code
 * KeptResult kept = KeptResult.in(folder, key);
 * kept.write(trained, validation, test);          // where it was trained
 * report.addResult(kept.read(validation, test).orElseThrow());
 * }</pre>
 */
public final class KeptResult {

    private final KeptRow row;
    private final String key;

    private KeptResult(KeptRow row, String key) {
        this.row = row;
        this.key = key;
    }

    /**
     * Chooses a folder.
     *
     * @param folder the folder, of one result; made if it is not there
     * @param key what the result is the outcome of: under another key nothing is found
     * @return the place of the result
     */
    public static KeptResult in(Path folder, String key) {
        return new KeptResult(new KeptRow(folder), Objects.requireNonNull(key, "key"));
    }

    /**
     * Asks an ensemble and keeps what it says. It is there whole or not at all. Neither memory nor
     * the time of predictions is measured.
     *
     * @param trained the ensemble
     * @param validation what the noise of numbers is fitted on, or null
     * @param test the test data, labelled
     * @return the row of a report
     * @throws IOException if the folder cannot be written to
     * @throws IllegalStateException if the test data are of another task or not labelled, or an
     *     example cannot be read
     */
    public Result write(TrainedEnsemble trained, Examples validation, Examples test)
            throws IOException {
        Tasks.requireJudgeable(trained.getDescription().task(), test);
        Subject subject = Subject.of(trained, trained.getName(), OptionalDouble.empty());
        KeptRow.Recorder recorder = row.record(RowAnswers.of(subject));
        JudgedRow judged =
                JudgedRow.of(subject.describe(), recorder, judging(validation, test))
                        .with(subject.getCost(Double.NaN));
        recorder.finish(key, judged.description());
        return judged.result();
    }

    /**
     * Makes the row of a report of what was kept.
     *
     * @param validation the validation data that it was written with, or null
     * @param test the test data that it was written with
     * @return the row; empty if there is none, or it is of another key or damaged
     * @throws IOException if it cannot be read
     */
    public Optional<Result> read(Examples validation, Examples test) throws IOException {
        Optional<KeptRow.Kept> kept = row.find(key);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        RowAnswers answers = kept.get().answers();
        return Optional.of(
                JudgedRow.of(kept.get().description(), answers, judging(validation, test))
                        .result());
    }

    private static Judging judging(Examples validation, Examples test) {
        EvaluationSuite nothing = EvaluationSuite.builder().build();
        return new Judging(nothing, validation, test, Map.of(), false);
    }
}
