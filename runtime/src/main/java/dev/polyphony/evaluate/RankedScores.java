/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scores of the test set and of foreign sets in ascending order, and what follows from them.
 */
final class RankedScores {

    private final Map<UncertaintyScore, double[]> test;
    private final Map<String, Map<UncertaintyScore, double[]>> foreign = new LinkedHashMap<>();

    RankedScores(ScoreColumns test, Map<String, ScoreColumns> foreign) {
        this.test = test.toSorted();
        foreign.forEach((name, columns) -> this.foreign.put(name, columns.toSorted()));
    }

    Map<String, Map<UncertaintyScore, Detection>> toDetections() {
        Map<String, Map<UncertaintyScore, Detection>> detections = new LinkedHashMap<>();
        foreign.forEach(
                (name, scores) -> {
                    Map<UncertaintyScore, Detection> own = new EnumMap<>(UncertaintyScore.class);
                    scores.forEach(
                            (score, out) ->
                                    own.put(score, Detection.ofSorted(test.get(score), out)));
                    detections.put(name, Collections.unmodifiableMap(own));
                });
        return detections;
    }

    /** The histogram of the test set. */
    Histogram toHistogram(UncertaintyScore score, int bins) {
        return Histogram.of(test.get(score), from(score), to(score), bins);
    }

    /** The histogram of a foreign set, or null if there is no such set. */
    Histogram toHistogram(String set, UncertaintyScore score, int bins) {
        Map<UncertaintyScore, double[]> scores = foreign.get(set);
        return scores == null
                ? null
                : Histogram.of(scores.get(score), from(score), to(score), bins);
    }

    /** Scores of no uncertainty are 0, up to rounding. */
    private double from(UncertaintyScore score) {
        double least = Math.min(0, test.get(score)[0]);
        for (Map<UncertaintyScore, double[]> scores : foreign.values()) {
            least = Math.min(least, scores.get(score)[0]);
        }
        return least;
    }

    private double to(UncertaintyScore score) {
        double greatest = last(test.get(score));
        for (Map<UncertaintyScore, double[]> scores : foreign.values()) {
            greatest = Math.max(greatest, last(scores.get(score)));
        }
        return greatest > from(score) ? greatest : 1;
    }

    private static double last(double[] ascending) {
        return ascending[ascending.length - 1];
    }
}
