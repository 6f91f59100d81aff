/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The metrics against those of torch-uncertainty, torchmetrics, MixMo and DESlib. */
class GoldenMetricsTest {

    private static final Pattern ECE = Pattern.compile("ece(\\d+)_(tu|seed000|mixmo)");
    private static final Pattern OOD =
            Pattern.compile(
                    "ood_(\\w+?)_(auroc|aupr_out|aupr_in|fpr95_tu|fpr95_classic|fpr95_in_classic)");
    private static final Pattern OOD_SCORES = Pattern.compile("ood_score_(id|ood)_(\\w+)");
    private static final Pattern NUMBER = Pattern.compile("\\D*([\\d.]+).*");
    private static final Map<String, BinRule> BIN_RULES =
            Map.of(
                    "tu", BinRule.OWN_BIN_FOR_ONE,
                    "seed000", BinRule.HALF_OPEN,
                    "mixmo", BinRule.RIGHT_CLOSED);
    private static final Map<String, UncertaintyScore> SCORES =
            Map.of(
                    "msp", UncertaintyScore.MAX_PROBABILITY,
                    "entropy_of_mean", UncertaintyScore.PREDICTIVE_ENTROPY,
                    "expected_entropy", UncertaintyScore.EXPECTED_ENTROPY,
                    "mutual_information", UncertaintyScore.MUTUAL_INFORMATION,
                    "variation_ratio", UncertaintyScore.VARIATION_RATIO);
    private static final Map<String, ToDoubleFunction<Diversity>> DIVERSITY =
            Map.of(
                    "ratio_errors", Diversity::getRatioOfErrors,
                    "q_statistic", Diversity::getQStatistic,
                    "correlation", Diversity::getCorrelation,
                    "double_fault", Diversity::bothWrong,
                    "disagreement_measure", Diversity::getDisagreement,
                    "agreement_measure", Diversity::getAgreement);

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return GoldenSet.tests(GoldenMetricsTest::check, GoldenKind.METRICS, GoldenKind.DIVERSITY);
    }

    private static void check(GoldenCase golden) {
        // how the examples were drawn, and which numbers of bins and classes are in the names
        golden.getSettings()
                .ignore("n", "n_ood", "m", "c", "sharp", "errs", "topk", "risks", "bins");
        if (golden.has("preds")) {
            checkDiversity(golden);
        } else if (golden.getShape("probs").length == 3) {
            checkMembers(golden);
        } else {
            checkPooled(golden, rows(golden, "probs"), golden.getInts("labels"));
        }
    }

    private static void checkMembers(GoldenCase golden) {
        int[] labels = golden.getInts("labels");
        int[] shape = golden.getShape("probs");
        Predictions test =
                Predictions.of(
                        logits(golden.get("probs")),
                        labels,
                        shape[1],
                        shape[2],
                        Aggregation.PROBABILITIES);
        double[][][] members = test.getMemberProbabilities();
        Evaluation evaluation =
                StreamedMetrics.judge(
                        shape[1],
                        shape[2],
                        logits(golden.get("probs")),
                        labels,
                        logits(golden.get("ood_probs")));
        for (String name : golden.getOutputs()) {
            double[] ours = ofMembers(name, test, members, evaluation);
            if (ours.length > 0) {
                golden.check(name, ours);
            }
        }
        checkPooled(golden, test.getProbabilities(), labels);
        checkDetection(
                golden,
                test,
                Predictions.of(
                        logits(golden.get("ood_probs")),
                        shape[1],
                        shape[2],
                        Aggregation.PROBABILITIES));
        checkPairs(golden, "div_", correct(members, labels));
        StreamedMetrics.confirm(golden, evaluation);
    }

    /** The outputs that are about members; nothing for another. */
    private static double[] ofMembers(
            String name, Predictions test, double[][][] members, Evaluation evaluation) {
        return switch (name) {
            case "mean_probs" ->
                    Arrays.stream(test.getProbabilities())
                            .flatMapToDouble(Arrays::stream)
                            .toArray();
            case "accuracy" -> new double[] {evaluation.getValue(Metrics.ACCURACY)};
            case "brier" -> new double[] {evaluation.getValue(Metrics.BRIER)};
            case "member_accuracy" -> evaluation.getMemberAccuracy();
            case "nll" -> new double[] {evaluation.getValue(Metrics.NLL)};
            case "nll_members" -> evaluation.getMemberNegativeLogLikelihood();
            case "brier_members" ->
                    new double[] {
                        IntStream.range(0, test.getMembers())
                                .mapToObj(test::getMember)
                                .mapToDouble(
                                        m -> Scores.brier(m.getProbabilities(), test.getLabels()))
                                .average()
                                .orElseThrow()
                    };
            case "entropy_of_mean" -> UncertaintyScore.PREDICTIVE_ENTROPY.of(test);
            case "expected_entropy" -> UncertaintyScore.EXPECTED_ENTROPY.of(test);
            case "mutual_information" -> UncertaintyScore.MUTUAL_INFORMATION.of(test);
            case "mutual_information_mean" ->
                    new double[] {evaluation.getValue(Metrics.MUTUAL_INFORMATION)};
            case "disagreement" ->
                    Arrays.stream(members).mapToDouble(Uncertainty::disagreement).toArray();
            case "disagreement_mean" -> new double[] {evaluation.getValue(Metrics.DISAGREEMENT)};
            case "variation_ratio_prob" -> UncertaintyScore.MAX_PROBABILITY.of(test);
            case "variation_ratio_vote" -> UncertaintyScore.VARIATION_RATIO.of(test);
            case "variation_ratio_mode" ->
                    Arrays.stream(members).mapToDouble(GoldenMetricsTest::ofMode).toArray();
            default -> new double[0];
        };
    }

    /** The outputs that need pooled probabilities only. */
    private static void checkPooled(GoldenCase golden, double[][] pooled, int[] labels) {
        int[] predicted = Arrays.stream(pooled).mapToInt(Uncertainty::argmax).toArray();
        double[] confidence =
                Arrays.stream(pooled).mapToDouble(p -> p[Uncertainty.argmax(p)]).toArray();
        boolean[] correct = new boolean[labels.length];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = predicted[i] == labels[i];
        }
        double brier = Scores.brier(pooled, labels);
        double nll = Scores.negativeLogLikelihood(pooled, labels);
        SelectivePrediction selection = SelectivePrediction.of(confidence, correct);
        for (String name : golden.getOutputs()) {
            Matcher ece = ECE.matcher(name);
            Matcher number = NUMBER.matcher(name);
            double n = number.matches() ? Double.parseDouble(number.group(1)) : Double.NaN;
            if (ece.matches()) {
                List<ReliabilityBin> bins =
                        Calibration.bins(confidence, correct, (int) n, BIN_RULES.get(ece.group(2)));
                golden.check(name, Calibration.expectedError(bins, labels.length));
            } else if (name.matches("(aece|mce|rmsce)\\d+_tu")) {
                golden.check(name, calibration(name, confidence, correct, (int) n));
            } else if (name.matches("tace\\d+_mixmo")) {
                golden.confirm(name, ReferenceRules.classWiseError(pooled, labels, (int) n));
            } else if (name.matches("top\\d+_accuracy")) {
                golden.check(name, Scores.topAccuracy(pooled, labels, (int) n));
            } else if (name.matches("cov_at_\\d+risk")) {
                golden.check(name, selection.getCoverageAt(n / 100));
            } else if (name.matches("cov_at_0\\.\\d+risk")) {
                golden.check(name, selection.getCoverageAt(n));
            } else if (name.matches("risk_at_\\d+cov")) {
                golden.check(name, selection.getRiskAt(n / 100));
            } else {
                switch (name) {
                    case "accuracy" -> golden.check(name, Scores.accuracy(predicted, labels));
                    case "brier" -> golden.check(name, brier);
                    case "brier_mixmo" -> golden.check(name, brier / pooled[0].length);
                    case "brier_top_class" ->
                            golden.confirm(
                                    name, ReferenceRules.brierOfOneClass(confidence, correct));
                    case "nll_tu" -> golden.check(name, Double.isInfinite(nll) ? -1 : nll);
                    case "nll_mixmo" ->
                            golden.confirm(name, ReferenceRules.clippedLikelihood(pooled, labels));
                    case "entropy" ->
                            golden.check(
                                    name,
                                    Arrays.stream(pooled)
                                            .mapToDouble(Uncertainty::entropy)
                                            .toArray());
                    case "risk_curve" -> golden.check(name, selection.getRisk());
                    case "aurc" -> golden.check(name, selection.getAurc());
                    case "augrc" -> golden.check(name, selection.getAugrc());
                    case "misclassification_auroc" ->
                            golden.check(name, wrongAnswers(confidence, correct).getAuroc());
                    default -> {
                        // belongs to another group, or is found unchecked in the end
                    }
                }
            }
        }
    }

    private static double calibration(
            String name, double[] confidence, boolean[] correct, int bins) {
        List<ReliabilityBin> equalWidth =
                Calibration.bins(confidence, correct, bins, BinRule.OWN_BIN_FOR_ONE);
        if (name.startsWith("mce")) {
            return Calibration.maximumError(equalWidth);
        } else if (name.startsWith("rmsce")) {
            return Calibration.rootMeanSquareError(equalWidth, correct.length);
        }
        return Calibration.expectedError(
                Calibration.equalMassBins(confidence, correct, bins), correct.length);
    }

    private static Detection wrongAnswers(double[] confidence, boolean[] correct) {
        return Detection.of(
                IntStream.range(0, correct.length)
                        .filter(i -> correct[i])
                        .mapToDouble(i -> -confidence[i])
                        .toArray(),
                IntStream.range(0, correct.length)
                        .filter(i -> !correct[i])
                        .mapToDouble(i -> -confidence[i])
                        .toArray());
    }

    private static void checkDetection(GoldenCase golden, Predictions test, Predictions foreign) {
        for (String name : golden.getOutputs()) {
            Matcher scores = OOD_SCORES.matcher(name);
            Matcher ood = OOD.matcher(name);
            if (scores.matches() && SCORES.containsKey(scores.group(2))) {
                UncertaintyScore score = SCORES.get(scores.group(2));
                // theirs is minus the confidence, ours one minus the confidence
                double shift = score == UncertaintyScore.MAX_PROBABILITY ? 1 : 0;
                Predictions of = scores.group(1).equals("id") ? test : foreign;
                golden.check(name, shifted(score.of(of), shift));
            } else if (ood.matches() && SCORES.containsKey(ood.group(1))) {
                // the stored scores: ours may order two that are equal in single precision
                double[] in = golden.get("ood_score_id_" + ood.group(1));
                double[] out = golden.get("ood_score_ood_" + ood.group(1));
                Detection detection = Detection.of(in, out);
                Detection reversed = Detection.of(negated(out), negated(in));
                switch (ood.group(2)) {
                    case "auroc" -> golden.check(name, detection.getAuroc());
                    case "aupr_out" -> golden.check(name, detection.getAuprOut());
                    case "aupr_in" -> {
                        golden.check(name, detection.getAuprIn());
                        golden.confirm(name, reversed.getAuprOut());
                    }
                    case "fpr95_tu" -> golden.confirm(name, ReferenceRules.closestRecall(in, out));
                    case "fpr95_classic" -> golden.check(name, detection.getFpr95());
                    case "fpr95_in_classic" -> golden.check(name, reversed.getFpr95());
                    default -> throw new AssertionError(name);
                }
            }
        }
    }

    private static void checkDiversity(GoldenCase golden) {
        int[] labels = golden.getInts("labels");
        int[] predicted = golden.getInts("preds");
        boolean[][] correct = new boolean[golden.getShape("preds")[1]][labels.length];
        for (int k = 0; k < predicted.length; k++) {
            int example = k / correct.length;
            correct[k % correct.length][example] = predicted[k] == labels[example];
        }
        checkPairs(golden, "", correct);
    }

    private static void checkPairs(GoldenCase golden, String prefix, boolean[][] correct) {
        int members = correct.length;
        new TreeMap<>(DIVERSITY)
                .forEach(
                        (name, measure) -> {
                            if (golden.getOutputs().contains(prefix + name)) {
                                golden.check(prefix + name, Diversity.mean(correct, measure));
                            }
                            if (golden.getOutputs().contains(prefix + name + "_pairs")) {
                                double[] pairs = new double[members * members];
                                for (int k = 0; k < pairs.length; k++) {
                                    int a = k / members;
                                    int b = k % members;
                                    pairs[k] =
                                            a == b
                                                    ? 0
                                                    : measure.applyAsDouble(
                                                            Diversity.of(correct[a], correct[b]));
                                }
                                golden.check(prefix + name + "_pairs", pairs);
                            }
                        });
    }

    private static boolean[][] correct(double[][][] members, int[] labels) {
        boolean[][] correct = new boolean[members[0].length][labels.length];
        for (int i = 0; i < labels.length; i++) {
            for (int m = 0; m < correct.length; m++) {
                correct[m][i] = Uncertainty.argmax(members[i][m]) == labels[i];
            }
        }
        return correct;
    }

    private static double ofMode(double[][] members) {
        return IntStream.range(0, members[0].length)
                .mapToDouble(c -> Uncertainty.variationRatio(members, c))
                .min()
                .orElseThrow();
    }

    private static float[] logits(double[] probabilities) {
        float[] logits = new float[probabilities.length];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) Math.log(probabilities[k]);
        }
        return logits;
    }

    private static double[][] rows(GoldenCase golden, String name) {
        int[] shape = golden.getShape(name);
        double[] flat = golden.get(name);
        double[][] rows = new double[shape[0]][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * shape[1], (i + 1) * shape[1]));
        return rows;
    }

    private static double[] shifted(double[] values, double shift) {
        return Arrays.stream(values).map(v -> v - shift).toArray();
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(v -> -v).toArray();
    }
}
