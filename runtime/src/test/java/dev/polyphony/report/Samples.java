/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationOrder;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.calibrate.Calibrator;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.evaluate.conformal.ConformalMethod;
import dev.polyphony.evaluate.conformal.ConformalPredictor;
import dev.polyphony.evaluate.corrupt.Corruption;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import dev.polyphony.evaluate.labels.MultiLabelEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Made-up results: logits drawn at random, so that pages and pictures have something to show. */
final class Samples {

    private static final int EXAMPLES = 600;
    private static final int CLASSES = 4;

    private Samples() {}

    /** A report with a bit of everything, and with characters that formats must escape. */
    static Report report() {
        Report.Builder builder =
                Report.builder()
                        .setTitle("Moons & <stars>")
                        .optIntroduction("Which is \"best\"?")
                        .addFact("Data", "600 | points")
                        .addPictures("Decisions", List.of(decisionMap("MIMO", 3)));
        TestImages images = new TestImages(Samples::image, List.of("zero", "one", "two", "three"));
        for (Result row : results()) {
            builder.addResult(
                    row.withCorruptions(corruptions(row)).withImages(Optional.of(images)));
        }
        return builder.build();
    }

    /** Numbers with a noise of 0.3, of which one row claims that it is 0.1. */
    static Report numbers() {
        Report.Builder report = Report.builder().setTitle("Numbers");
        report.addResult(numbers("narrow", 0.1));
        report.addResult(numbers("fair", 0.3));
        return report.build();
    }

    private static Result numbers(String name, double claimed) {
        Random random = new Random(3);
        float[] outputs = new float[EXAMPLES];
        float[] targets = new float[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            outputs[i] = 4 * random.nextFloat();
            targets[i] = outputs[i] + (float) (0.3 * random.nextGaussian());
        }
        RegressionPredictions predictions =
                RegressionPredictions.of(outputs, targets, 1, 1).withNoise(claimed * claimed);
        return new Result(name, "", RegressionEvaluation.of(predictions), new Cost(10, 10, 1, 1))
                .withForecasts(Forecasts.of(predictions, 0));
    }

    /** One row that gives three labels, of two members. */
    static Report labels() {
        Random random = new Random(4);
        float[] logits = new float[EXAMPLES * 2 * 3];
        float[] targets = new float[EXAMPLES * 3];
        for (int k = 0; k < targets.length; k++) {
            targets[k] = random.nextInt(2);
        }
        for (int k = 0; k < logits.length; k++) {
            int label = k / 6 * 3 + k % 3;
            logits[k] = (float) ((2 * targets[label] - 1) * 1.5 + random.nextGaussian());
        }
        MultiLabelPredictions predictions =
                MultiLabelPredictions.of(logits, targets, 2, 3, Aggregation.PROBABILITIES);
        return Report.builder()
                .setTitle("Labels")
                .addResult(
                        new Result(
                                "two members",
                                "",
                                MultiLabelEvaluation.of(predictions),
                                new Cost(10, 10, 1, 1)))
                .build();
    }

    /** A blob that has an example's number in it, in a way. */
    private static BufferedImage image(int example) {
        float[] values = new float[64];
        for (int k = 0; k < values.length; k++) {
            values[k] = (k * 7 + example) % 13 * (k % 8 > 1 && k % 8 < 6 ? 1 : 0.2f);
        }
        return TestImages.toImage(values, 1, 8, 8);
    }

    private static List<CorruptionResult> corruptions(Result row) {
        double accuracy = row.evaluation().getValue(Metrics.ACCURACY);
        List<CorruptionResult> results = new ArrayList<>();
        for (Corruption kind : List.of(Corruption.values()).subList(0, 3)) {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                double left = accuracy * Math.pow(0.9 + 0.01 * row.name().length() / 4, severity);
                results.add(new CorruptionResult(kind, severity, left, 2 - left, 0.03 * severity));
            }
        }
        return results;
    }

    static List<Result> results() {
        return List.of(
                result("Plain model", "", 1, 2.2, new Cost(17_282, 1_880, 11.3, 1.94))
                        .withRole(Role.PLAIN),
                result(
                        "MIMO",
                        "m = 3, batchRepetitions = 4",
                        3,
                        2.5,
                        new Cost(18_310, 1_880, 14.8, 2.1)),
                result(
                        "BatchEnsemble (multiplicative)",
                        "m = 3",
                        3,
                        2.4,
                        new Cost(19_002, 1_880, 21.4, 4.7)),
                result(
                        "BatchEnsemble (additive)",
                        "m = 3",
                        3,
                        2.3,
                        new Cost(18_614, 1_880, 20.9, 4.6)),
                result(
                        "MixMo",
                        "m = 2, method = LINEAR",
                        2,
                        2.6,
                        new Cost(17_924, 1_880, 13.1, 2.3)),
                result("Packed", "m = 3, alpha = 2", 3, 2.45, new Cost(23_814, 1_880, 17.7, 3.9)),
                result("Deep ensemble", "m = 3", 3, 2.7, new Cost(51_846, 5_640, 33.9, 5.8))
                        .withRole(Role.DEEP_ENSEMBLE));
    }

    static Result result(String name, String settings, int members, double skill, Cost cost) {
        Random random = new Random(name.hashCode());
        int[] labels = random.ints(EXAMPLES, 0, CLASSES).toArray();
        Predictions test =
                Predictions.of(
                        logits(random, labels, members, skill),
                        labels,
                        members,
                        CLASSES,
                        Aggregation.PROBABILITIES);
        int[] others = random.ints(EXAMPLES, 0, CLASSES).toArray();
        Predictions validation =
                Predictions.of(
                        logits(random, others, members, skill),
                        others,
                        members,
                        CLASSES,
                        Aggregation.PROBABILITIES);
        Map<String, Predictions> foreign = new LinkedHashMap<>();
        for (String set : List.of("letters", "rotated digits")) {
            float[] logits = logits(random, new int[EXAMPLES / 2], members, 0.4);
            foreign.put(set, Predictions.of(logits, members, CLASSES, Aggregation.PROBABILITIES));
        }
        return new Result(name, settings, Evaluation.of(test, foreign), cost)
                .withCalibrations(
                        List.of(
                                CalibrationResult.of(
                                        EnsembleCalibration.fit(
                                                Calibrator.temperature(),
                                                CalibrationOrder.POOLED,
                                                validation),
                                        test)))
                .withConformal(
                        List.of(
                                ConformalPredictor.fit(
                                                ConformalMethod.threshold(), 0.95, validation)
                                        .evaluate(test)));
    }

    private static float[] logits(Random random, int[] labels, int members, double skill) {
        float[] logits = new float[labels.length * members * CLASSES];
        double[] common = new double[CLASSES];
        for (int k = 0; k < logits.length; k++) {
            int example = k / (members * CLASSES);
            if (k % (members * CLASSES) == 0) {
                for (int c = 0; c < CLASSES; c++) {
                    common[c] = random.nextGaussian() + (labels[example] == c ? skill : 0);
                }
            }
            logits[k] = (float) (1.8 * common[k % CLASSES] + 0.8 * random.nextGaussian());
        }
        return logits;
    }

    /** Two noisy half circles. */
    static float[][] moons(int[] labels) {
        Random random = new Random(7);
        float[][] points = new float[labels.length][];
        for (int i = 0; i < points.length; i++) {
            labels[i] = i % 2;
            double angle = Math.PI * random.nextDouble();
            double x = i % 2 == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
            double y = i % 2 == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
            points[i] =
                    new float[] {
                        (float) (x + 0.2 * random.nextGaussian()),
                        (float) (y + 0.2 * random.nextGaussian())
                    };
        }
        return points;
    }

    /** An ensemble of bent boundaries between the moons, each bent differently. */
    static Predictions bent(float[][] points, int members) {
        float[] logits = new float[points.length * members * 2];
        for (int k = 0; k < points.length * members; k++) {
            float[] point = points[k / members];
            double phase = 2.2 + 0.35 * (k % members);
            double boundary = 0.25 + 0.6 * Math.sin(phase * point[0] + 0.4 * (k % members));
            logits[2 * k + 1] = (float) (4 * (boundary - point[1]));
        }
        return Predictions.of(logits, members, 2, Aggregation.PROBABILITIES);
    }

    static Picture decisionMap(String name, int members) {
        int[] labels = new int[2000];
        float[][] points = moons(labels);
        return DecisionMap.of(name, grid -> bent(grid, members), points, labels);
    }
}
