/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.UncertaintyScore;
import java.util.Objects;
import java.util.Optional;

/**
 * What one number of a row is: a metric of the test set, a cost, or how well a score tells a
 * foreign set from the test set.
 *
 * @param metric the metric
 * @param set the foreign set; empty for the test set, and for costs
 * @param score what tells the foreign set apart; empty where there is none
 */
public record Figure(Metric metric, String set, Optional<UncertaintyScore> score) {

    /** Checks that everything is given. */
    public Figure {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(set, "set");
        Objects.requireNonNull(score, "score");
    }

    /**
     * A metric of the test set, or a cost.
     *
     * @param metric the metric
     * @return the figure
     */
    public static Figure of(Metric metric) {
        return new Figure(metric, "", Optional.empty());
    }

    /**
     * How well a foreign set is told apart.
     *
     * @param set the name of the set
     * @param score what tells it apart
     * @param metric the metric, such as {@code Metrics.AUROC}
     * @return the figure
     */
    public static Figure of(String set, UncertaintyScore score, Metric metric) {
        return new Figure(metric, set, Optional.of(score));
    }

    boolean isAccuracy() {
        return metric.equals(Metrics.ACCURACY);
    }
}
