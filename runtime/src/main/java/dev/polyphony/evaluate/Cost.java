/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * What an ensemble cost.
 *
 * @param parameters number of values in the trained network, all members together
 * @param multiplyAdds products of features with weights in one prediction, all members together;
 *     NaN if a layer's are not known
 * @param forwardCalls how often a network was run forward in training; a batch in parts counts once
 * @param trainingSeconds wall time of training
 * @param peakMebibytes the most memory outside Java's heap that training held at a time, beyond
 *     what was held before, the median over stretches of half a second; NaN if not measured
 * @param inferenceMillisecondsPer1000 wall time of predicting 1000 examples; NaN if not measured
 */
public record Cost(
        long parameters,
        double multiplyAdds,
        long forwardCalls,
        double trainingSeconds,
        double peakMebibytes,
        double inferenceMillisecondsPer1000) {

    /**
     * Creates a cost without multiply-adds and memory.
     *
     * @param parameters number of values in the trained network, all members together
     * @param forwardCalls how often a network was run forward in training
     * @param trainingSeconds wall time of training
     * @param inferenceMillisecondsPer1000 wall time of predicting 1000 examples
     */
    public Cost(
            long parameters,
            long forwardCalls,
            double trainingSeconds,
            double inferenceMillisecondsPer1000) {
        this(
                parameters,
                Double.NaN,
                forwardCalls,
                trainingSeconds,
                Double.NaN,
                inferenceMillisecondsPer1000);
    }

    /**
     * Returns the value of a metric.
     *
     * @param metric one of {@link Metrics#getCost}
     * @return the value
     * @throws IllegalArgumentException if the metric is no cost
     */
    public double getValue(Metric metric) {
        if (metric.equals(Metrics.PARAMETERS)) {
            return parameters;
        } else if (metric.equals(Metrics.MULTIPLY_ADDS)) {
            return multiplyAdds;
        } else if (metric.equals(Metrics.FORWARD_CALLS)) {
            return forwardCalls;
        } else if (metric.equals(Metrics.TRAINING_TIME)) {
            return trainingSeconds;
        } else if (metric.equals(Metrics.PEAK_MEMORY)) {
            return peakMebibytes;
        } else if (metric.equals(Metrics.INFERENCE_TIME)) {
            return inferenceMillisecondsPer1000;
        }
        throw new IllegalArgumentException("'%s' is not a cost".formatted(metric.key()));
    }
}
