/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static dev.polyphony.report.Words.count;
import static dev.polyphony.report.Words.list;
import static dev.polyphony.report.Words.percent;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.compare.Interval;
import dev.polyphony.report.Section.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which row is best, in words, and how sure that is. */
final class Ranking {

    private final Report report;
    private final Noise noise;
    private final Result best;
    private final Metric proper;

    Ranking(Report report, Noise noise) {
        this.report = report;
        this.noise = noise;
        best = noise.best();
        proper = report.task().getProper();
    }

    Answer toAnswer() {
        return report.getResults().size() > 1 ? which() : howGood();
    }

    private Answer which() {
        List<Result> ties = noise.ties();
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Of %d models, %s gives the %s that fit the right answers best (%s %s%s)."
                        .formatted(
                                report.getResults().size(),
                                Words.name(best),
                                report.task() == Task.NUMBERS ? "predictions" : "probabilities",
                                proper.title(),
                                score(best),
                                plain().map(row -> ", " + Words.name(row) + " " + score(row))
                                        .orElse("")));
        if (report.task() == Task.CLASSES) {
            sentences.add(accuracy());
        }
        sentences.add(noise.isTooFewSeeds() ? tooFew(noise.worse()) : close(ties, noise.worse()));
        sentences.add(runs());
        sentences.addAll(new Foreign(report, noise).noticedBest());
        return new Answer("Which model can be trusted most?", shortly(ties), sentences);
    }

    private Answer howGood() {
        return report.task() == Task.CLASSES
                ? new Answer(
                        "How good is it?",
                        percent(noise.value(best, Metrics.ACCURACY)) + " right",
                        List.of(accuracy(), runs()))
                : new Answer(
                        "How good is it?",
                        proper.title() + " " + score(best),
                        List.of(proper.meaning(), runs()));
    }

    private String shortly(List<Result> ties) {
        String name = Words.name(best);
        if (noise.metric().isEmpty()) {
            return "%s leads, perhaps by chance".formatted(name);
        }
        if (noise.isTooFewSeeds()) {
            return "%s leads by %s, perhaps by chance: %d seeds are too few to tell"
                    .formatted(name, proper.title(), noise.seeds());
        }
        if (ties.isEmpty()) {
            return "%s, by %s".formatted(name, proper.title());
        }
        if (ties.size() == report.getResults().size() - 1) {
            return "No clear winner: %s leads by %s, by less than chance could do"
                    .formatted(name, proper.title());
        }
        return ties.size() <= 2
                ? "%s by %s, in a tie with %s".formatted(name, proper.title(), list(names(ties)))
                : "%s by %s, in a tie with %d others".formatted(name, proper.title(), ties.size());
    }

    private String score(Result row) {
        return proper.format(noise.value(row, proper));
    }

    private String accuracy() {
        double accuracy = noise.value(best, Metrics.ACCURACY);
        int examples = best.evaluation().getExamples();
        Interval interval = Shares.wilson(accuracy, examples);
        return "It is right on %s of %s test examples; of all that are like them, on %s to %s (95%% interval)."
                .formatted(
                        percent(accuracy),
                        count(examples),
                        percent(interval.low()),
                        percent(interval.high()));
    }

    /** Which rows cannot be told from the best, and which can. */
    private String close(List<Result> ties, List<Result> worse) {
        if (noise.metric().isEmpty()) {
            return "From these numbers nothing says how much the %s varies: small differences may be chance."
                    .formatted(proper.title());
        }
        Metric metric = noise.metric().get();
        String ruler = metric.equals(proper) ? metric.title() : "the accuracy";
        String why =
                metric.equals(proper)
                        ? ""
                        : " (how much the %s varies is not known)".formatted(proper.title());
        if (ties.isEmpty()) {
            return "Its lead in %s over every other model is larger than chance explains%s."
                    .formatted(ruler, why);
        }
        String text = "Too close to call by %s%s: %s.".formatted(ruler, why, list(names(ties)));
        return worse.isEmpty()
                ? text + " Choose among them by price."
                : text + " Worse by more than chance: %s.".formatted(list(names(worse)));
    }

    /** No lead is claimed where the tests that the page shows could not find one. */
    private String tooFew(List<Result> worse) {
        String text =
                "With %d seeds no test of pairs could call a row different at 0.05, however far apart: so this is no proof of a lead. %d seeds could."
                        .formatted(noise.seeds(), noise.enoughSeeds());
        return worse.isEmpty() || noise.metric().isEmpty()
                ? text
                : text
                        + " Beyond Student's limit for so few, if seeds vary as a normal distribution does: %s."
                                .formatted(list(names(worse)));
    }

    private String runs() {
        if (noise.isOverSeeds()) {
            return "The numbers are means over %d trainings with different seeds."
                    .formatted(noise.seeds());
        }
        return report.getResults().size() > 1
                ? "Each model was trained once: training again, with another seed, may put close ones in another order."
                : "It was trained once: another seed gives somewhat other numbers.";
    }

    private Optional<Result> plain() {
        return report.getResults().stream()
                .filter(row -> row.role() == Role.PLAIN && row != best)
                .findFirst();
    }

    private static List<String> names(List<Result> rows) {
        return rows.stream().map(Words::name).toList();
    }
}
