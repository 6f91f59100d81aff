/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.EnumMap;
import java.util.Map;

/** How unsure an ensemble is of each example of a data set, by every score. */
final class ScoreColumns {

    private final Map<UncertaintyScore, Column> columns = new EnumMap<>(UncertaintyScore.class);
    private final Map<UncertaintyScore, Total> totals = new EnumMap<>(UncertaintyScore.class);

    ScoreColumns() {
        for (UncertaintyScore score : UncertaintyScore.values()) {
            columns.put(score, new Column());
            totals.put(score, new Total());
        }
    }

    /** Adds an example and returns its scores. */
    Map<UncertaintyScore, Double> add(double[] pooled, double[][] members) {
        Map<UncertaintyScore, Double> scores = new EnumMap<>(UncertaintyScore.class);
        columns.forEach(
                (score, column) -> {
                    double value = score.of(pooled, members);
                    column.add(value);
                    totals.get(score).add(value);
                    scores.put(score, value);
                });
        return scores;
    }

    void add(ScoreColumns other) {
        columns.forEach((score, column) -> column.add(other.columns.get(score)));
        totals.forEach((score, total) -> total.add(other.totals.get(score)));
    }

    int size() {
        return columns.get(UncertaintyScore.MAX_PROBABILITY).size();
    }

    double getMean(UncertaintyScore score) {
        return totals.get(score).get() / size();
    }

    /** Every score in ascending order. */
    Map<UncertaintyScore, double[]> toSorted() {
        Map<UncertaintyScore, double[]> sorted = new EnumMap<>(UncertaintyScore.class);
        columns.forEach((score, column) -> sorted.put(score, column.toSorted()));
        return sorted;
    }
}
