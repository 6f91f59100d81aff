/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.UncertaintyScore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one number of a row is: a metric of the test set, a cost, or how well a score tells a
 * foreign set from the test set.
 *
 * @param metric the metric
 * @param set the foreign set; empty for the test set, and for costs
 * @param score what tells the foreign set apart; empty where there is none, and for tasks that have
 *     but one
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

    /**
     * How well a foreign set is told apart by the only score that the task has.
     *
     * @param set the name of the set
     * @param metric the metric, such as {@code Metrics.AUROC}
     * @return the figure
     */
    public static Figure of(String set, Metric metric) {
        return new Figure(metric, set, Optional.empty());
    }

    /**
     * Returns all figures of a row.
     *
     * @param evaluation how good it is
     * @param cost what it cost
     * @return the values in the order of tables; NaN where there is none
     */
    public static Map<Figure, Double> getValues(TaskEvaluation evaluation, Cost cost) {
        Map<Figure, Double> values = new LinkedHashMap<>();
        evaluation.getValues().forEach((metric, value) -> values.put(of(metric), value));
        if (evaluation instanceof Evaluation classes) {
            classes.getDetections()
                    .forEach(
                            (set, scores) ->
                                    scores.forEach(
                                            (score, one) ->
                                                    add(values, set, Optional.of(score), one)));
        } else {
            evaluation
                    .getMainDetections()
                    .forEach((set, one) -> add(values, set, Optional.empty(), one));
        }
        for (Metric metric : Metrics.getCost()) {
            values.put(of(metric), cost.getValue(metric));
        }
        return values;
    }

    private static void add(
            Map<Figure, Double> values,
            String set,
            Optional<UncertaintyScore> score,
            Detection detection) {
        for (Metric metric : Metrics.getDetection()) {
            values.put(new Figure(metric, set, score), detection.getValue(metric));
        }
    }

    boolean isAccuracy() {
        return metric.equals(Metrics.ACCURACY);
    }
}
