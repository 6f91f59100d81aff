/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.labels.MultiLabelMetrics;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What trials are chosen by: a metric on the validation data.
 *
 * @param metric the metric
 */
record Criterion(Metric metric) {

    /**
     * Finds the metric.
     *
     * @param task what the trials predict
     * @param key the metric's key; null for the likelihood of classes, or else the task's first one
     * @throws IllegalArgumentException if there is no such metric; names those that there are
     */
    static Criterion of(Task task, String key) {
        List<Metric> known =
                metrics(task).stream()
                        .filter(metric -> metric.better() != Metric.Better.NEITHER)
                        .toList();
        if (key == null) {
            return new Criterion(task == Task.CLASSIFICATION ? Metrics.NLL : known.get(0));
        }
        return new Criterion(
                known.stream()
                        .filter(metric -> metric.key().equals(key))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "'%s' is no metric to choose by. Known are: %s"
                                                        .formatted(
                                                                key,
                                                                known.stream()
                                                                        .map(Metric::key)
                                                                        .collect(
                                                                                Collectors.joining(
                                                                                        ", "))))));
    }

    private static List<Metric> metrics(Task task) {
        return switch (task) {
            case CLASSIFICATION -> Metrics.getQuality();
            case MULTI_LABEL -> MultiLabelMetrics.getAll();
            case REGRESSION -> RegressionMetrics.getAll();
        };
    }

    /** The mean over trials that differ in their seeds; empty if one failed or has no value. */
    OptionalDouble score(List<TrialResult> seeds) {
        double sum = 0;
        for (TrialResult seed : seeds) {
            Map<String, Double> values = seed.validation();
            if (seed.isFailed() || !values.containsKey(metric.key())) {
                return OptionalDouble.empty();
            }
            sum += values.get(metric.key());
        }
        return OptionalDouble.of(sum / seeds.size());
    }

    /** The better score first. */
    Comparator<Double> order() {
        Comparator<Double> rising = Comparator.naturalOrder();
        return metric.better() == Metric.Better.HIGHER ? rising.reversed() : rising;
    }
}
