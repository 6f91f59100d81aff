/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The trials by what they come to on the validation data. */
final class Ranking {

    private final List<Entry> ranked = new ArrayList<>();
    private final List<Entry> failed = new ArrayList<>();

    /**
     * Trials that differ in their seeds alone.
     *
     * @param seeds the trials, with what came of them
     * @param score the mean of what they are chosen by; NaN if one of them failed
     */
    record Entry(Map<Trial, TrialResult> seeds, double score) {

        Trial first() {
            return seeds.keySet().iterator().next();
        }

        String failure() {
            return seeds.values().stream()
                    .filter(TrialResult::isFailed)
                    .map(TrialResult::failure)
                    .findFirst()
                    .orElse("it has no value on the validation data");
        }
    }

    private Ranking() {}

    static Ranking of(Map<Trial, TrialResult> results, Criterion criterion) {
        Map<Trial, Map<Trial, TrialResult>> kinds = new LinkedHashMap<>();
        results.forEach(
                (trial, result) ->
                        kinds.computeIfAbsent(trial.withoutSeed(), key -> new LinkedHashMap<>())
                                .put(trial, result));
        Ranking ranking = new Ranking();
        for (Map<Trial, TrialResult> seeds : kinds.values()) {
            OptionalDouble score = criterion.score(List.copyOf(seeds.values()));
            if (score.isPresent()) {
                ranking.ranked.add(new Entry(seeds, score.getAsDouble()));
            } else {
                ranking.failed.add(new Entry(seeds, Double.NaN));
            }
        }
        // of two that are as good the one that was named first
        ranking.ranked.sort(Comparator.comparing(Entry::score, criterion.order()));
        return ranking;
    }

    /** Those that were trained with every seed, the best first. */
    List<Entry> getRanked() {
        return List.copyOf(ranked);
    }

    /** Those of which a seed failed. */
    List<Entry> getFailed() {
        return List.copyOf(failed);
    }
}
