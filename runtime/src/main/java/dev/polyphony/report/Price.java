/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static dev.polyphony.report.Words.count;
import static dev.polyphony.report.Words.list;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.report.Section.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the best row costs, in words: by itself, and against the plain model and deep ensembles. */
final class Price {

    /** Costs that the sentences name, with their words. */
    private record Item(Metric metric, String what, String how) {}

    private static final List<Item> ITEMS =
            List.of(
                    new Item(Metrics.PARAMETERS, "parameters", "has %s parameters"),
                    new Item(
                            Metrics.MULTIPLY_ADDS,
                            "multiply-adds",
                            "needs %s multiply-adds to predict an example"),
                    new Item(Metrics.TRAINING_TIME, "training time", "took %s s to train"),
                    new Item(
                            Metrics.INFERENCE_TIME,
                            "prediction time",
                            "takes %s ms to predict 1000 examples"));

    private final Report report;
    private final Noise noise;
    private final Result best;

    Price(Report report, Noise noise) {
        this.report = report;
        this.noise = noise;
        best = noise.best();
    }

    Answer toAnswer() {
        List<String> sentences = new ArrayList<>();
        sentences.add(absolute(best));
        Result plain = find(Role.PLAIN).filter(row -> row != best).orElse(null);
        if (plain != null) {
            sentences.add(against(best, plain));
        }
        find(Role.DEEP_ENSEMBLE)
                .filter(row -> row != best)
                .ifPresent(deep -> sentences.add(against(best, deep)));
        cheapest().ifPresent(sentences::add);
        if (hasTimes()) {
            sentences.add(
                    noise.hasTimesOverSeeds()
                            ? "Times are means over %d trainings on this machine, one measurement each, and vary with what else it does; parameters and multiply-adds do not."
                                    .formatted(noise.seeds())
                            : "Times are one measurement on this machine, and vary with what else it does; parameters and multiply-adds do not.");
        }
        return new Answer("What does it cost?", shortly(plain), sentences);
    }

    private boolean hasTimes() {
        return report.getResults().stream()
                .anyMatch(
                        row ->
                                Double.isFinite(noise.cost(row, Metrics.TRAINING_TIME))
                                        || Double.isFinite(
                                                noise.cost(row, Metrics.INFERENCE_TIME)));
    }

    private String shortly(Result plain) {
        if (plain != null) {
            return "%s, against %s"
                    .formatted(
                            list(
                                    Stream.of(Metrics.PARAMETERS, speed())
                                            .flatMap(metric -> relation(metric, best, plain))
                                            .toList()),
                            Words.name(plain));
        }
        return "%s parameters".formatted(count(best.cost().parameters()));
    }

    /**
     * Multiply-adds, which are counted, where all rows have them, else the time, which is measured.
     */
    private Metric speed() {
        return report.getResults().stream()
                        .allMatch(row -> noise.cost(row, Metrics.MULTIPLY_ADDS) > 0)
                ? Metrics.MULTIPLY_ADDS
                : Metrics.INFERENCE_TIME;
    }

    private Optional<Result> find(Role role) {
        return report.getResults().stream().filter(row -> row.role() == role).findFirst();
    }

    /** What a row costs of what another does, as counted: of use beside other sentences. */
    String counted(Result row, Result other) {
        return list(
                Stream.of(Metrics.PARAMETERS, speed())
                        .flatMap(metric -> relation(metric, row, other))
                        .toList());
    }

    private String absolute(Result row) {
        List<String> parts =
                ITEMS.stream()
                        .filter(item -> Double.isFinite(noise.cost(row, item.metric())))
                        .map(
                                item ->
                                        item.how()
                                                .formatted(
                                                        item.metric()
                                                                .format(
                                                                        noise.cost(
                                                                                row,
                                                                                item.metric()))))
                        .toList();
        return "%s %s.".formatted(Words.name(row), list(parts));
    }

    private String against(Result row, Result other) {
        return "Against %2$s that is %1$s."
                .formatted(
                        list(
                                ITEMS.stream()
                                        .flatMap(item -> relation(item.metric(), row, other))
                                        .toList()),
                        Words.name(other));
    }

    private Stream<String> relation(Metric metric, Result row, Result other) {
        double ratio = ratio(metric, row, other);
        return ITEMS.stream()
                .filter(item -> item.metric().equals(metric) && ratio > 0)
                .map(item -> Words.ratio(ratio, item.what()));
    }

    /** NaN where one of the two was not measured. */
    private double ratio(Metric metric, Result row, Result other) {
        double ratio = noise.cost(row, metric) / noise.cost(other, metric);
        return Double.isFinite(ratio) ? ratio : Double.NaN;
    }

    /** The row that predicts at the least price among those that are as good. */
    private Optional<String> cheapest() {
        Metric speed = speed();
        return Stream.concat(Stream.of(best), noise.ties().stream())
                .filter(row -> Double.isFinite(noise.cost(row, speed)))
                .min(Comparator.comparingDouble(row -> noise.cost(row, speed)))
                .filter(row -> row != best && ratio(speed, row, best) < 0.95)
                .map(
                        row ->
                                "Of those that are as good by %s, as far as these numbers tell, %s %s: %s, with %s parameters."
                                        .formatted(
                                                report.task().getProper().title(),
                                                Words.name(row),
                                                speed.equals(Metrics.MULTIPLY_ADDS)
                                                        ? "needs the fewest multiply-adds"
                                                        : "predicts fastest",
                                                (speed.equals(Metrics.MULTIPLY_ADDS) ? "" : "in ")
                                                        + Words.percent(ratio(speed, row, best), 0)
                                                        + (speed.equals(Metrics.MULTIPLY_ADDS)
                                                                ? " as many"
                                                                : " of the time"),
                                                count(row.cost().parameters())));
    }
}
