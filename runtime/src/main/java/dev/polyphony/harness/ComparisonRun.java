/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.files.Sha256;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.report.Report;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Trains and judges the rows of a comparison, seed by seed. */
final class ComparisonRun {

    private final ComparisonPlan plan;
    private final ComparedData data;
    private final boolean resumes;
    private final Progress progress;
    private final ComparedRows done;

    ComparisonRun(
            ComparisonPlan plan,
            ComparedData data,
            boolean resumes,
            Progress progress,
            ComparedRows done) {
        this.plan = plan;
        this.data = data;
        this.resumes = resumes;
        this.progress = progress;
        this.done = done;
    }

    /** Gives what is to be judged, and trains for it where that is not done. */
    @FunctionalInterface
    private interface SubjectSupplier {

        Subject get() throws IOException;
    }

    /** Runs all rows with all seeds. */
    Report run() {
        for (int seed : plan.seeds()) {
            for (String row : plan.rows().keySet()) {
                try {
                    run(seed, row);
                } catch (IOException | RuntimeException e) {
                    throw new ComparisonException(
                            "The row '%s' of the comparison failed%s: %s"
                                    .formatted(
                                            row,
                                            plan.isOneSeed() ? "" : " with the seed " + seed,
                                            RowCheck.reason(e)),
                            e,
                            done.isEmpty() ? null : done.build());
                }
            }
        }
        return done.build();
    }

    /** Judges rows that were saved, and trains none. */
    static Report judgeSaved(ComparisonPlan plan, Judging by, ComparedRows done)
            throws IOException {
        for (int seed : plan.seeds()) {
            for (Map.Entry<String, Harness> row : plan.rows().entrySet()) {
                Path folder = plan.getModelFolder(row.getKey(), seed);
                try (TrainedEnsemble trained = row.getValue().load(row.getKey(), folder)) {
                    Subject subject = Subject.of(trained, row.getKey(), OptionalDouble.empty());
                    done.add(seed, subject.judge(by));
                    if (plan.isPlain(row.getKey()) && plan.dropout().isThere()) {
                        Subject dropout = subject.withDropout(plan.dropout().getPasses(), seed);
                        done.add(seed, dropout.judge(by));
                    }
                }
            }
        }
        return done.build();
    }

    private void run(int seed, String row) throws IOException {
        try (RowTraining training =
                new RowTraining(plan, data.seen(), seed, row, progress, resumes)) {
            String key = plan.results() == null ? "" : getKey(training, row);
            JudgedRow judged = find(seed, row, key, training::getSubject);
            saveCalibration(seed, row, judged);
            done.add(seed, judged);
            if (plan.isPlain(row) && plan.dropout().isThere()) {
                int passes = plan.dropout().getPasses();
                done.add(
                        seed,
                        find(
                                seed,
                                DropoutRow.NAME,
                                key + " " + passes,
                                () -> training.getSubject().withDropout(passes, seed)));
            }
        }
    }

    /** A model that is saved answers with the calibration that was fitted for it. */
    private void saveCalibration(int seed, String row, JudgedRow judged) throws IOException {
        Optional<CalibrationResult> fitted = judged.beyond().calibration();
        if (plan.models() == null || fitted.isEmpty()) {
            return;
        }
        Path folder = plan.getModelFolder(row, seed);
        // a row that is kept may be without its model
        if (Files.isRegularFile(folder.resolve(ModelFolder.DESCRIPTION))) {
            ModelFolder.describe(folder).writeCalibration(fitted.get().calibration());
        }
    }

    private Judging judging() {
        return new Judging(
                plan.evaluation(), data.validation(), data.test(), data.outOfDistribution(), true);
    }

    private String getKey(RowTraining training, String row) {
        String all =
                String.join(
                        "\n",
                        row,
                        training.getKey(),
                        data.getJudgedText(),
                        plan.evaluation().toString());
        byte[] text = all.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Sha256.newDigest().digest(text));
    }

    /** The row as it is kept, if this goes on with a comparison; else judges it, and keeps it. */
    private JudgedRow find(int seed, String row, String key, SubjectSupplier subjects)
            throws IOException {
        if (plan.results() == null) {
            return subjects.get().judge(judging());
        }
        KeptRow kept = plan.getKeptRow(seed, row);
        Optional<KeptRow.Kept> found = resumes ? kept.find(key) : Optional.empty();
        if (found.isPresent()) {
            return JudgedRow.of(found.get().description(), found.get().answers(), judging());
        }
        Subject subject = subjects.get();
        KeptRow.Recorder recorder = kept.record(RowAnswers.of(subject));
        JudgedRow judged =
                JudgedRow.of(subject.describe(), recorder, judging())
                        .with(subject.getCost(data.test()));
        recorder.finish(key, judged.description());
        return judged;
    }
}
