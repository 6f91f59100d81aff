/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.report.Report;
import dev.polyphony.train.Training;
import dev.polyphony.train.checkpoint.Checkpoints;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison does: which rows with which seeds, and where what is kept.
 *
 * @param rows the harnesses by the names of their rows, the plain model's first
 * @param dropout the row of MC dropout
 * @param seeds the seeds
 * @param training the settings that rows share
 * @param budget what is made equal
 * @param checkpoints where checkpoints are, or null
 * @param models where models are saved, or null
 * @param results where answers are kept, or null
 * @param evaluation what is judged beyond the test set
 */
record ComparisonPlan(
        Map<String, Harness> rows,
        DropoutRow dropout,
        List<Integer> seeds,
        Training training,
        Budget budget,
        Checkpoints checkpoints,
        Path models,
        Path results,
        EvaluationSuite evaluation) {

    /** The name of the plain model's row. */
    String getPlain() {
        return rows.keySet().iterator().next();
    }

    boolean isPlain(String row) {
        return row.equals(getPlain());
    }

    boolean isOneSeed() {
        return seeds.size() == 1;
    }

    /** Says in a report what holds for all rows. */
    void describe(Report.Builder report) {
        Facts.addSuite(report, evaluation);
        dropout.describe().ifPresent(text -> report.addFact(DropoutRow.NAME, text));
        if (!isOneSeed()) {
            String all = String.join(", ", seeds.stream().map(String::valueOf).toList());
            report.addFact("Seeds", all + "; pictures are of the first");
        }
        report.addFact("Inference time", Facts.INFERENCE).addFact("Peak memory", Facts.MEMORY);
    }

    /** The rows of a report: the plain model, MC dropout, and the others. */
    int getRowCount() {
        return rows.size() + (dropout.isThere() ? 1 : 0);
    }

    /** What a row's training is called while it runs. */
    String getTitle(String row, int seed) {
        return isOneSeed() ? row : row + ", seed " + seed;
    }

    /** The trainings that there will be, in order, with the places of their rows in the report. */
    Map<String, Integer> getColors() {
        Map<String, Integer> colors = new LinkedHashMap<>();
        for (int seed : seeds) {
            int place = 0;
            for (String row : rows.keySet()) {
                colors.put(getTitle(row, seed), place);
                // MC dropout has a place after the plain model's, and no training
                place += isPlain(row) && dropout.isThere() ? 2 : 1;
            }
        }
        return colors;
    }

    Training getTraining(Harness harness, int seed) {
        Training own = training.toBuilder().optSeed(seed).build();
        int repetitions = harness.getRecipe().batches().getRepetitions();
        if (budget == Budget.EPOCHS || repetitions == 1) {
            return own;
        }
        long epochs = Math.max(1, Math.round(own.getEpochs() / (double) repetitions));
        return own.toBuilder().optEpochs((int) epochs).build();
    }

    /** Each row has checkpoints of its own, and where there are several seeds, each seed. */
    Checkpoints getCheckpoints(String row, int seed) {
        if (checkpoints == null) {
            return null;
        }
        Checkpoints ofSeed = isOneSeed() ? checkpoints : checkpoints.under("seed-" + seed);
        return ofSeed.under(row);
    }

    /** Each row has a folder of its own for checkpoints, with none in it if training begins. */
    void requireFolders(boolean resumes) {
        if (checkpoints == null) {
            return;
        }
        Map<Path, String> rowByFolder = new HashMap<>();
        for (int seed : seeds) {
            for (String row : rows.keySet()) {
                Checkpoints own = getCheckpoints(row, seed);
                String other = rowByFolder.put(own.getFolder(), row);
                if (other != null) {
                    throw new IllegalArgumentException(
                            "The rows '%s' and '%s' would have their checkpoints in one folder, %s: give one another name with optName"
                                    .formatted(other, row, own.getFolder()));
                }
                if (!resumes) {
                    own.requireNone();
                }
            }
        }
    }

    Path getModelFolder(String row, int seed) {
        Path ofSeed = isOneSeed() ? models : models.resolve("seed-" + seed);
        return ofSeed.resolve(getFileName(row));
    }

    /** Kept by seed always: rows stay when there are to be more seeds. */
    KeptRow getKeptRow(int seed, String row) {
        return new KeptRow(results.resolve("seed-" + seed).resolve(getFileName(row)));
    }

    private static String getFileName(String row) {
        return row.replaceAll("[^\\p{L}\\p{N}_=]+", "-");
    }
}
