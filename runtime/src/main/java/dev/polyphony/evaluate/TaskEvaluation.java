/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Map;

/** The verdict on an ensemble, whatever its task: the values of metrics on a test set. */
public interface TaskEvaluation {

    /**
     * Returns the number of test examples.
     *
     * @return {@code N}
     */
    int getExamples();

    /**
     * Returns the number of members.
     *
     * @return {@code M}
     */
    int getMembers();

    /**
     * Returns all metrics on the test set.
     *
     * @return the values in the order of tables; NaN where a metric has no value
     */
    Map<Metric, Double> getValues();

    /**
     * Returns how well the uncertainty that suits the task tells foreign sets from the test set:
     * the predictive entropy for classes, its mean over labels for several labels, the spread of
     * members for numbers.
     *
     * @return by name of the set; empty if none was tried
     */
    Map<String, Detection> getMainDetections();

    /**
     * Returns the value of a metric on the test set.
     *
     * @param metric one of {@link #getValues}
     * @return the value; NaN if it has none here
     * @throws IllegalArgumentException if the metric is not among them
     */
    default double getValue(Metric metric) {
        Double value = getValues().get(metric);
        if (value == null) {
            throw new IllegalArgumentException(
                    "'%s' is not evaluated on the test set".formatted(metric.key()));
        }
        return value;
    }
}
