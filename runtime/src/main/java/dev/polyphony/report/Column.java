/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.compare.Figure;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A column of a table, or the bars of a chart.
 *
 * @param metric what the numbers mean
 * @param label the heading
 * @param figure what statistics know it by, if they may
 * @param value gives the number of a row, NaN where there is none
 */
record Column(
        Metric metric, String label, Optional<Figure> figure, ToDoubleFunction<Result> value) {

    /** A column that statistics do not know. */
    Column(Metric metric, String label, ToDoubleFunction<Result> value) {
        this(metric, label, Optional.empty(), value);
    }

    /** A metric of the test set. */
    static Column quality(Metric metric) {
        return new Column(
                metric,
                metric.getLabel(),
                Optional.of(Figure.of(metric)),
                result -> result.evaluation().getValue(metric));
    }

    /** A cost. */
    static Column cost(Metric metric) {
        return new Column(
                metric,
                metric.getLabel(),
                Optional.of(Figure.of(metric)),
                result -> result.cost().getValue(metric));
    }

    /** How well a score tells a foreign set from the test set. */
    static Column detection(String set, UncertaintyScore score, Metric metric, String label) {
        return new Column(
                metric,
                label,
                Optional.of(Figure.of(set, score, metric)),
                result -> {
                    Detection detection = result.detection(set, score);
                    return detection == null ? Double.NaN : detection.getValue(metric);
                });
    }

    /** The share of wrong answers: unlike the accuracy, a bar that starts at zero shows it. */
    static Column errorRate() {
        Metric error =
                new Metric(
                        "errorRate",
                        "Error rate, 1 - accuracy",
                        "",
                        Metric.Better.LOWER,
                        4,
                        "Share of the test examples whose most probable class is wrong.");
        return new Column(
                error,
                error.getLabel(),
                result -> 1 - result.evaluation().getValue(Metrics.ACCURACY));
    }
}
