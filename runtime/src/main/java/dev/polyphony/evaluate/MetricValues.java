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
public final class MetricValues {

    private final Map<Metric, Double> values = new LinkedHashMap<>();

    /**
     * Expects metrics.
     *
     * @param metrics all of them, in the order of {@link #toMap}
     */
    public MetricValues(List<Metric> metrics) {
        metrics.forEach(metric -> values.put(metric, null));
    }

    /**
     * Sets a value.
     *
     * @param metric one of those that are expected, not set before
     * @param value the value; NaN if it has none
     */
    public void put(Metric metric, double value) {
        if (!values.containsKey(metric) || values.put(metric, value) != null) {
            throw new IllegalStateException(metric.key() + " is not expected, or given twice");
        }
    }

    /**
     * Returns the values.
     *
     * @return all, in order
     * @throws IllegalStateException if one is missing
     */
    public Map<Metric, Double> toMap() {
        values.forEach(
                (metric, value) -> {
                    if (value == null) {
                        throw new IllegalStateException(metric.key() + " is missing");
                    }
                });
        return Collections.unmodifiableMap(values);
    }
}
