/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One score of every example of a test set and of foreign sets, by which these are told apart.
 * Nothing is kept of the test set if there are no foreign ones.
 */
public final class ForeignScores {

    private final Column test = new Column();
    private final Map<String, Column> foreign = new LinkedHashMap<>();

    /**
     * Starts with no examples.
     *
     * @param sets the names of the foreign sets
     */
    public ForeignScores(Collection<String> sets) {
        sets.forEach(set -> foreign.put(set, new Column()));
    }

    /**
     * Adds an example of the test set.
     *
     * @param score its score, higher for what is less certain
     */
    public void add(double score) {
        if (!foreign.isEmpty()) {
            test.add(score);
        }
    }

    /**
     * Adds an example of a foreign set.
     *
     * @param set the name of the set
     * @param score its score
     * @throws IllegalArgumentException if that set was not named
     */
    public void addForeign(String set, double score) {
        Column scores = foreign.get(set);
        if (scores == null) {
            throw new IllegalArgumentException(
                    "there is no foreign set '%s' among %s: name it when the meter is made"
                            .formatted(set, foreign.keySet()));
        }
        scores.add(score);
    }

    /**
     * Adds the examples of others.
     *
     * @param other scores of the same sets, left as they are
     * @throws IllegalArgumentException if the sets are others
     */
    public void add(ForeignScores other) {
        if (!other.foreign.keySet().equals(foreign.keySet())) {
            throw new IllegalArgumentException(
                    "the foreign sets %s and %s are not the same"
                            .formatted(foreign.keySet(), other.foreign.keySet()));
        }
        test.add(other.test);
        other.foreign.forEach((set, scores) -> foreign.get(set).add(scores));
    }

    /**
     * Compares each foreign set with the test set.
     *
     * @return the comparisons by name of the set
     * @throws IllegalStateException if a set has no examples
     */
    public Map<String, Detection> toDetections() {
        Map<String, Detection> detections = new LinkedHashMap<>();
        foreign.forEach(
                (set, scores) -> {
                    if (scores.size() == 0) {
                        throw new IllegalStateException(
                                "no example of the foreign set '%s' was added".formatted(set));
                    }
                    detections.put(set, Detection.ofSorted(test.toSorted(), scores.toSorted()));
                });
        return detections;
    }
}
