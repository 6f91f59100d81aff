/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static dev.polyphony.report.Words.count;
import static dev.polyphony.report.Words.percent;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Histogram;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.SelectivePrediction;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import dev.polyphony.report.Section.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The answer in plain words: which row to trust, when, and at what price. Every sentence is made of
 * the numbers of the report, and claims no more than they allow.
 */
final class Verdict {

    /** The share of examples that may be left to a person, in the sentences. */
    private static final double LEFT_OUT = 0.2;

    /** Error rates that one may wish for. */
    private static final double[] TARGETS = {0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001};

    private static final int BINS = 20;

    /** From this AUROC on foreign inputs are noticed well, and from the next one in part. */
    private static final double NOTICES = 0.95;

    private static final double HARDLY = 0.8;

    private final Noise noise;
    private final Result best;

    private Verdict(Report report) {
        noise = new Noise(report);
        best = noise.best();
    }

    static List<Answer> of(Report report) {
        Verdict verdict = new Verdict(report);
        Answer price = new Price(report, verdict.noise).toAnswer();
        Answer which = new Ranking(report, verdict.noise).toAnswer();
        return switch (report.task()) {
            case CLASSES -> List.of(which, verdict.when(), price);
            case LABELS -> list(which, Optional.empty(), verdict.notices(), price);
            case NUMBERS -> list(which, Optional.of(verdict.howFar()), verdict.notices(), price);
        };
    }

    private static List<Answer> list(
            Answer which, Optional<Answer> when, Optional<Answer> notices, Answer price) {
        return Stream.of(Optional.of(which), when, notices, Optional.of(price))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether it notices what it was not made for, if that was tried. */
    private Optional<Answer> notices() {
        Set<String> sets = best.evaluation().getMainDetections().keySet();
        if (sets.isEmpty()) {
            return Optional.empty();
        }
        double least =
                sets.stream()
                        .mapToDouble(set -> best.detection(set).getAuroc())
                        .min()
                        .orElseThrow();
        return Optional.of(
                new Answer(
                        "Does it notice what it was not made for?",
                        least >= NOTICES
                                ? "Yes"
                                : least >= HARDLY ? "In part" : "Do not rely on it",
                        sets.stream().map(this::foreign).toList()));
    }

    /** Whether intervals of numbers can be believed. */
    private Answer howFar() {
        double covered = best.evaluation().getValue(RegressionMetrics.COVERAGE_90);
        double margin = Noise.margin(0.9, best.evaluation().getExamples());
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Of the intervals that should hold the right number in 90%% of the cases, %s do; their mean width is %s."
                        .formatted(
                                percent(covered),
                                RegressionMetrics.WIDTH_90.format(
                                        best.evaluation().getValue(RegressionMetrics.WIDTH_90))));
        sentences.replaceAll(this::seed);
        sentences.add(
                "The root mean squared error is %s, in the unit of what is predicted."
                        .formatted(
                                RegressionMetrics.RMSE.format(
                                        noise.value(best, RegressionMetrics.RMSE))));
        boolean isFair = Math.abs(covered - 0.9) <= margin;
        String shortly =
                isFair
                        ? "Its intervals hold what they say"
                        : covered < 0.9
                                ? "Its intervals are too narrow: do not rely on them"
                                : "Its intervals are wider than they need be";
        return new Answer("How far off may it be?", shortly, sentences);
    }

    /** What is made of single examples is known of one training alone. */
    private String seed(String sentence) {
        return noise.isOverSeeds()
                ? "In one of the trainings: "
                        + sentence.substring(0, 1).toLowerCase(Locale.ROOT)
                        + sentence.substring(1)
                : sentence;
    }

    private Answer when() {
        Evaluation evaluation = best.classification();
        SelectivePrediction selection = evaluation.getSelection();
        double kept = 1 - selection.getRiskAt(1 - LEFT_OUT);
        List<String> sentences = new ArrayList<>();
        int answered = (int) Math.ceil((1 - LEFT_OUT) * evaluation.getExamples() - 1e-9);
        sentences.add(
                "If %s may pass the %s of the examples that it is least sure of to a person, %s of the rest are right (%s among %s answers); of all, it is %s."
                        .formatted(
                                Words.name(best),
                                percent(LEFT_OUT, 0),
                                percent(kept),
                                count(
                                        Math.round((1 - kept) * answered),
                                        "wrong answer",
                                        "wrong answers"),
                                count(answered),
                                percent(evaluation.getValue(Metrics.ACCURACY))));
        target(evaluation, selection, sentences);
        sentences.add(confidence(evaluation));
        sureAndWrong(evaluation, sentences);
        sentences.replaceAll(this::seed);
        evaluation.getDetections().keySet().forEach(set -> sentences.add(foreign(set)));
        return new Answer(
                "When can it be trusted?",
                "When it is sure: %s right on the surest %s%s"
                        .formatted(
                                percent(kept),
                                percent(1 - LEFT_OUT, 0),
                                noise.isOverSeeds() ? ", in one of the trainings" : ""),
                sentences);
    }

    /**
     * The next round error rate below that on all examples, of which so many examples can show that
     * it is kept: no error among a few answers does not make them safe.
     */
    private void target(
            Evaluation evaluation, SelectivePrediction selection, List<String> sentences) {
        double error = 1 - evaluation.getValue(Metrics.ACCURACY);
        for (double target : TARGETS) {
            if (target <= error / 2) {
                sentences.add(target(target, selection));
                return;
            }
        }
    }

    private static String target(double target, SelectivePrediction selection) {
        String digits = percent(target, target < 0.01 ? 1 : 0);
        int examples = selection.size();
        int answered = Shares.getAnswered(selection, target);
        if (answered > 0) {
            return "To be wrong at most %s of the time, it may answer the surest %s by itself: with %s among %s, that rate is safe to say (95%% bound %s)."
                    .formatted(
                            digits,
                            percent((double) answered / examples, 0),
                            count(
                                    Shares.getErrors(selection, answered),
                                    "wrong answer",
                                    "wrong answers"),
                            count(answered),
                            percent(
                                    Shares.upper(Shares.getErrors(selection, answered), answered),
                                    target < 0.01 ? 2 : 1));
        }
        double least = Shares.upper(0, examples);
        return least > target
                ? "%s test examples are too few to promise that it is wrong at most %s of the time: even with no error at all, up to %s could be wrong (95%% bound)."
                        .formatted(count(examples), digits, percent(least))
                : "There is no share of the examples on which it is surely wrong at most %s of the time: some of the surest answers are wrong too."
                        .formatted(digits);
    }

    private String confidence(Evaluation evaluation) {
        double says = RowCharts.confidence(evaluation);
        double is = evaluation.getValue(Metrics.ACCURACY);
        String both =
                "On average it says it is %s sure, and is right %s of the time: "
                        .formatted(percent(says), percent(is));
        if (Math.abs(says - is) <= Noise.margin(is, evaluation.getExamples())) {
            return both + "no further apart than chance allows.";
        }
        return both + (says > is ? "it trusts itself too much." : "it is better than it says.");
    }

    private void sureAndWrong(Evaluation evaluation, List<String> sentences) {
        Histogram wrong = evaluation.getConfidenceOfWrong(BINS);
        if (wrong.getTotal() == 0) {
            sentences.add("It made no error on the test set; others will come.");
            return;
        }
        int sure = wrong.getCounts()[BINS - 1] + wrong.getCounts()[BINS - 2];
        if (wrong.getTotal() == 1) {
            sentences.add(
                    sure == 0
                            ? "Its only error came with a confidence below 90%."
                            : "No confidence is proof: its only error came with a confidence of 90% or more.");
            return;
        }
        sentences.add(
                sure == 0
                        ? "None of its %s came with a confidence of 90% or more."
                                .replace("%s", count(wrong.getTotal(), "error", "errors"))
                        : "No confidence is proof: of its %s, %s came with a confidence of 90%% or more."
                                .formatted(
                                        count(wrong.getTotal(), "error", "errors"), count(sure)));
    }

    /** What the row makes of a set that it was not made for. */
    private String foreign(String set) {
        double auroc = noise.detection(best, set, Metrics.AUROC);
        double flagged = noise.detection(best, set, Metrics.FPR95);
        String start = "Inputs that it was not made for (%s) it ".formatted(set);
        String numbers =
                ": given one of them and a test example, it is less sure of the foreign one %s of the time (guessing: 50%%). To stop 95%% of them, %s of the test examples must be stopped too."
                        .formatted(percent(auroc, 0), percent(flagged, 0));
        if (auroc >= NOTICES) {
            return start + "notices well" + numbers;
        }
        if (auroc >= HARDLY) {
            return start + "notices in part" + numbers;
        }
        return start
                + (auroc >= 0.6 ? "hardly notices" : "does not notice")
                + numbers
                + " Do not rely on its uncertainty to stop them.";
    }
}
