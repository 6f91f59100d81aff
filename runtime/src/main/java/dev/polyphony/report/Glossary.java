/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.report.Section.Terms;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every term of the page, explained. */
final class Glossary {

    private Glossary() {}

    static Section of(Report report) {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put(
                "Ensemble, member",
                "Several models that answer the same question, and whose answers are pooled: where"
                        + " they contradict each other, the ensemble is unsure. A member is one of"
                        + " them; here members may share most of one network.");
        if (report.task() == Task.CLASSES) {
            terms.put(
                    "Confidence",
                    "The probability that the ensemble gives to its own answer, from chance to 1.");
        }
        terms.put(
                "Test set, seed",
                "Examples that were kept apart and on which nothing was chosen. A seed is the number"
                        + " that all random choices of a training follow from.");
        List<Metric> detection =
                ResultSections.foreignSets(report).isEmpty() ? List.of() : Metrics.getDetection();
        Stream.of(
                        report.getResults().get(0).evaluation().getValues().keySet(),
                        detection,
                        Metrics.getCost())
                .flatMap(Collection::stream)
                .forEach(metric -> terms.put(metric.getLabel(), explanation(metric)));
        List<String> logits =
                report.getResults().stream()
                        .filter(row -> row.task() == Task.CLASSES)
                        .filter(Glossary::poolsLogits)
                        .map(Result::name)
                        .toList();
        if (!logits.isEmpty()) {
            terms.computeIfPresent(
                    Metrics.MUTUAL_INFORMATION.getLabel(),
                    (label, meaning) ->
                            meaning
                                    + " It is always that of the mean of the members' probabilities:"
                                    + " where logits are pooled (%s), entropy less expected entropy is another number."
                                            .formatted(String.join(", ", logits)));
        }
        return new Section("What the words mean", List.of(new Terms(terms)));
    }

    private static boolean poolsLogits(Result result) {
        Evaluation evaluation = result.classification();
        return evaluation.getMembers() > 1 && evaluation.getAggregation() == Aggregation.LOGITS;
    }

    private static String explanation(Metric metric) {
        return switch (metric.better()) {
            case HIGHER -> metric.meaning() + " Higher is better.";
            case LOWER -> metric.meaning() + " Lower is better.";
            case NEITHER -> metric.meaning();
        };
    }
}
