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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the best row costs, in words: by itself, and against the plain model and deep ensembles. */
final class Price {

    /** Costs that the sentences name, with their words. */
    private record Item(Metric metric, String what, String how) {}

    private static final List<Item> ITEMS =
            List.of(
                    new Item(Metrics.PARAMETERS, "parameters", "has %s parameters"),
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
        sentences.add(
                noise.isOverSeeds()
                        ? "Times were measured on this machine, in the training with the first seed, and vary from run to run."
                        : "Times were measured on this machine, and vary from run to run.");
        return new Answer("What does it cost?", shortly(plain), sentences);
    }

    private String shortly(Result plain) {
        if (plain != null) {
            return "%s, against %s"
                    .formatted(
                            list(
                                    Stream.of(ITEMS.get(0), ITEMS.get(2))
                                            .flatMap(item -> relation(item, best, plain))
                                            .toList()),
                            plain.name());
        }
        return "%s parameters".formatted(count(best.cost().parameters()));
    }

    private Optional<Result> find(Role role) {
        return report.getResults().stream().filter(row -> row.role() == role).findFirst();
    }

    private static String absolute(Result row) {
        List<String> parts =
                ITEMS.stream()
                        .filter(item -> Double.isFinite(row.cost().getValue(item.metric())))
                        .map(
                                item ->
                                        item.how()
                                                .formatted(
                                                        item.metric()
                                                                .format(
                                                                        row.cost()
                                                                                .getValue(
                                                                                        item
                                                                                                .metric()))))
                        .toList();
        return "%s %s.".formatted(row.name(), list(parts));
    }

    private static String against(Result row, Result other) {
        return "Against %2$s that is %1$s."
                .formatted(
                        list(ITEMS.stream().flatMap(item -> relation(item, row, other)).toList()),
                        other.name());
    }

    private static Stream<String> relation(Item item, Result row, Result other) {
        double ratio = ratio(item.metric(), row, other);
        return ratio > 0 ? Stream.of(Words.ratio(ratio, item.what())) : Stream.of();
    }

    /** NaN where one of the two was not measured. */
    private static double ratio(Metric metric, Result row, Result other) {
        double ratio = row.cost().getValue(metric) / other.cost().getValue(metric);
        return Double.isFinite(ratio) ? ratio : Double.NaN;
    }

    /** The row that predicts fastest among those that are as good. */
    private Optional<String> cheapest() {
        List<Result> ties = noise.ties();
        return Stream.concat(Stream.of(best), ties.stream())
                .filter(row -> Double.isFinite(row.cost().inferenceMillisecondsPer1000()))
                .min(Comparator.comparingDouble(row -> row.cost().inferenceMillisecondsPer1000()))
                .filter(row -> row != best && ratio(Metrics.INFERENCE_TIME, row, best) < 0.95)
                .map(
                        row ->
                                String.format(
                                        Locale.ROOT,
                                        "Of those that are as good as far as these numbers tell, %s predicts fastest: in %.0f%% of the time, with %s parameters.",
                                        row.name(),
                                        100 * ratio(Metrics.INFERENCE_TIME, row, best),
                                        count(row.cost().parameters())));
    }
}
