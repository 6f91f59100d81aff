/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.fashion;

import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.calibrate.CalibrationOrder;
import dev.polyphony.evaluate.calibrate.Calibrator;
import dev.polyphony.evaluate.conformal.ConformalMethod;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.corrupt.PixelRange;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.harness.Comparison;
import dev.polyphony.report.Report;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.optimize.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trains the plain network, its forms and a deep ensemble on clothes, judges them on clothes that
 * they have not seen and on handwritten digits, and writes a page.
 */
public final class FashionSample {

    private static final int CLASSES = 10;

    private FashionSample() {}

    /**
     * Runs the sample.
     *
     * @param args {@code train} or {@code resume}, the folder of the data, the folder of the
     *     report, and the number of seeds
     * @throws IOException if data are missing, or the report cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 4 || !List.of("train", "resume").contains(args[0])) {
            System.err.println("Call it with: train|resume DATA REPORT SEEDS");
            System.exit(2);
        }
        Path run = Path.of(args[2]);
        FashionData data;
        try {
            data = FashionData.read(Path.of(args[1]));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        boolean resumes = args[0].equals("resume");
        if (!resumes) {
            deleteCheckpoints(run.resolve("checkpoints"));
        }
        Comparison comparison =
                newComparison(Integer.parseInt(args[3]))
                        .optEpochs(6)
                        .optEvaluation(beyondTheTestSet())
                        .optHistory(run)
                        .optCheckpoints(Checkpoints.in(run.resolve("checkpoints")))
                        .optResults(run.resolve("results"));
        Report report = compare(comparison, data, resumes);
        report.print(System.out);
        System.out.println("Report: " + report.writeTo(run).toAbsolutePath().normalize());
    }

    static Comparison newComparison(int seeds) {
        return FashionNetComparison.of(16, CLASSES)
                .optBatchSize(64)
                .optLearningRate(2e-3)
                .optSchedule(Schedule.cosine(0))
                .optSeed(1)
                .optSeedCount(seeds);
    }

    /** Two kinds of damage in three severities: each is a pass over 10,000 images for every row. */
    private static EvaluationSuite beyondTheTestSet() {
        return EvaluationSuite.builder()
                .optCalibration(Calibrator.temperature(), CalibrationOrder.POOLED)
                .optConformal(
                        0.9, ConformalMethod.threshold(), ConformalMethod.randomizedAdaptive(0))
                .optCorruptions(
                        List.of(Corruption.GAUSSIAN_NOISE, Corruption.GAUSSIAN_BLUR),
                        PixelRange.UNIT)
                .optSeverities(1, 3, 5)
                .build();
    }

    static Report compare(Comparison comparison, FashionData data, boolean resumes) {
        Map<String, LabeledData> foreign = Map.of("MNIST", data.digits());
        return resumes
                ? comparison.resume(data.train(), data.validation(), data.test(), foreign)
                : comparison.run(data.train(), data.validation(), data.test(), foreign);
    }

    private static void deleteCheckpoints(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
