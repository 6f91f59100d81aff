/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.corrupt.CorruptedExamples;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import dev.polyphony.evaluate.corrupt.CorruptionSummary;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.samples.images.data.DataSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Test images that something went wrong with: every kind of corruption, at every severity. */
final class CorruptedTest {

    private static final long SEED = 0;
    private static final double PERCENT = 100;

    private final DataSet set;
    private final Examples test;
    private final List<CorruptionResult> results = new ArrayList<>();

    CorruptedTest(DataSet set, Examples test) {
        this.set = set;
        this.test = test;
    }

    void run(TrainedEnsemble trained) {
        int channels = (int) test.getShape().get(0);
        for (Corruption kind : Corruption.of(channels)) {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                Examples corrupted =
                        CorruptedExamples.of(test, kind, severity, set.getRange(), SEED);
                Evaluation evaluation = Evaluation.of(trained.predict(corrupted));
                results.add(
                        new CorruptionResult(
                                kind,
                                severity,
                                evaluation.getValue(Metrics.ACCURACY),
                                evaluation.getValue(Metrics.NLL),
                                evaluation.getValue(Metrics.ECE)));
            }
        }
    }

    /** Prints the accuracy by kind, and the means over all. */
    void print(PrintWriter out) {
        CorruptionSummary summary = CorruptionSummary.of(results);
        out.println("Accuracy on corrupted test images, mean over severities (%):");
        summary.byKind(CorruptionResult::accuracy)
                .forEach(
                        (kind, accuracy) ->
                                out.printf(
                                        Locale.ROOT,
                                        "  %-16s %6.2f%n",
                                        kind.getKey(),
                                        PERCENT * accuracy));
        out.printf(
                Locale.ROOT,
                "  all: accuracy %.2f, NLL %.4f nats, ECE %.4f%n",
                PERCENT * summary.getAccuracy(),
                summary.getNegativeLogLikelihood(),
                summary.getExpectedCalibrationError());
    }

    void writeTo(Path folder) throws IOException {
        StringBuilder text =
                new StringBuilder(
                        "corruption,severity,accuracy,negativeLogLikelihood,expectedCalibrationError\n");
        for (CorruptionResult result : results) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s,%d,%s,%s,%s%n",
                            result.kind().getKey(),
                            result.severity(),
                            result.accuracy(),
                            result.negativeLogLikelihood(),
                            result.expectedCalibrationError()));
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("corruptions.csv"), text.toString());
    }
}
