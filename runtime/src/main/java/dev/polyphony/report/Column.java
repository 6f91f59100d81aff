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
import dev.polyphony.evaluate.compare.Interval;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A column of a table, or the bars of a chart.
 *
 * @param metric what the numbers mean
 * @param label the heading
 * @param figure what statistics know it by, if they may
 * @param isRest whether it is 1 less that figure
 * @param value gives the number of a row, NaN where there is none
 */
record Column(
        Metric metric,
        String label,
        Optional<Figure> figure,
        boolean isRest,
        ToDoubleFunction<Result> value) {

    /** A column that statistics do not know. */
    Column(Metric metric, String label, ToDoubleFunction<Result> value) {
        this(metric, label, Optional.empty(), false, value);
    }

    /** A column of a figure as statistics know it. */
    Column(Metric metric, String label, Figure figure, ToDoubleFunction<Result> value) {
        this(metric, label, Optional.of(figure), false, value);
    }

    /** What the mean of the figure is in this column. */
    double mean(double ofFigure) {
        return isRest ? 1 - ofFigure : ofFigure;
    }

    /** What an interval of the figure is in this column. */
    Interval interval(Interval ofFigure) {
        return isRest
                ? new Interval(1 - ofFigure.high(), 1 - ofFigure.low(), ofFigure.level())
                : ofFigure;
    }

    /** A metric of the test set. */
    static Column quality(Metric metric) {
        return new Column(
                metric,
                metric.getLabel(),
                Figure.of(metric),
                result -> result.evaluation().getValue(metric));
    }

    /** A cost. */
    static Column cost(Metric metric) {
        return new Column(
                metric,
                metric.getLabel(),
                Figure.of(metric),
                result -> result.cost().getValue(metric));
    }

    /** How well a score tells a foreign set from the test set. */
    static Column detection(String set, UncertaintyScore score, Metric metric, String label) {
        return new Column(
                metric,
                label,
                Figure.of(set, score, metric),
                result -> {
                    Detection detection = result.detection(set, score);
                    return detection == null ? Double.NaN : detection.getValue(metric);
                });
    }

    /** How well the task's main score tells a foreign set from the test set. */
    static Column detection(String set, Metric metric, String label) {
        return new Column(
                metric,
                label,
                Figure.of(set, metric),
                result -> {
                    Detection detection = result.detection(set);
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
                Optional.of(Figure.of(Metrics.ACCURACY)),
                true,
                result -> 1 - result.evaluation().getValue(Metrics.ACCURACY));
    }
}
