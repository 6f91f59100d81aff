/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of metrics while they are put together, in whatever order. */
final class MetricValues {

    private final Map<Metric, Double> values = new LinkedHashMap<>();

    /** All of these are expected, and will be in this order. */
    MetricValues(List<Metric> metrics) {
        metrics.forEach(metric -> values.put(metric, null));
    }

    void put(Metric metric, double value) {
        if (!values.containsKey(metric) || values.put(metric, value) != null) {
            throw new IllegalStateException(metric.key() + " is not expected, or given twice");
        }
    }

    Map<Metric, Double> toMap() {
        values.forEach(
                (metric, value) -> {
                    if (value == null) {
                        throw new IllegalStateException(metric.key() + " is missing");
                    }
                });
        return Collections.unmodifiableMap(values);
    }
}
