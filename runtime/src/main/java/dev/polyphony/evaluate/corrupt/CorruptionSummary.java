/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a model made of corrupted images: means over kinds and severities, and relative to another
 * model.
 *
 * <p>Every kind counts the same, and so does every severity of a kind, whatever the number of
 * images.
 */
public final class CorruptionSummary {

    private final List<CorruptionResult> results;

    private CorruptionSummary(List<CorruptionResult> results) {
        this.results = results;
    }

    /**
     * Sums up results.
     *
     * @param results the results, at least one; each kind at the same severities, once at each
     * @return the summary
     * @throws IllegalArgumentException if there is none, one occurs twice, or a kind lacks a
     *     severity that another has, so that means would not be of the same things
     */
    public static CorruptionSummary of(List<CorruptionResult> results) {
        if (results.isEmpty()) {
            throw new IllegalArgumentException("There are no results to sum up");
        }
        Map<Corruption, List<Integer>> severities =
                results.stream()
                        .sorted(Comparator.comparingInt(CorruptionResult::severity))
                        .collect(
                                Collectors.groupingBy(
                                        CorruptionResult::kind,
                                        TreeMap::new,
                                        Collectors.mapping(
                                                CorruptionResult::severity, Collectors.toList())));
        List<Integer> first = severities.values().iterator().next();
        severities.forEach(
                (kind, own) -> {
                    if (!own.equals(first) || own.stream().distinct().count() < own.size()) {
                        throw new IllegalArgumentException(
                                "There are results for severities %s of %s, but %s of others: each kind needs the same, each once"
                                        .formatted(own, kind.getKey(), first));
                    }
                });
        return new CorruptionSummary(List.copyOf(results));
    }

    /**
     * Returns the results.
     *
     * @return as they were given
     */
    public List<CorruptionResult> getResults() {
        return results;
    }

    /**
     * Returns the mean accuracy over all kinds and severities.
     *
     * @return from 0 to 1, higher is better
     */
    public double getAccuracy() {
        return mean(CorruptionResult::accuracy);
    }

    /**
     * Returns the mean negative log likelihood over all kinds and severities.
     *
     * @return in nats, lower is better
     */
    public double getNegativeLogLikelihood() {
        return mean(CorruptionResult::negativeLogLikelihood);
    }

    /**
     * Returns the mean expected calibration error over all kinds and severities: not that of all
     * images pooled, in which errors to either side cancel.
     *
     * @return from 0 to 1, lower is better
     */
    public double getExpectedCalibrationError() {
        return mean(CorruptionResult::expectedCalibrationError);
    }

    private double mean(ToDoubleFunction<CorruptionResult> value) {
        return results.stream().mapToDouble(value).average().orElseThrow();
    }

    /**
     * Returns a mean over kinds for each severity.
     *
     * @param value what is averaged, such as {@code CorruptionResult::accuracy}
     * @return the means by severity, from low to high
     */
    public SortedMap<Integer, Double> bySeverity(ToDoubleFunction<CorruptionResult> value) {
        return results.stream()
                .collect(
                        Collectors.groupingBy(
                                CorruptionResult::severity,
                                TreeMap::new,
                                Collectors.averagingDouble(value)));
    }

    /**
     * Returns a mean over severities for each kind.
     *
     * @param value what is averaged, such as {@code CorruptionResult::accuracy}
     * @return the means by kind
     */
    public SortedMap<Corruption, Double> byKind(ToDoubleFunction<CorruptionResult> value) {
        return results.stream()
                .collect(
                        Collectors.groupingBy(
                                CorruptionResult::kind,
                                TreeMap::new,
                                Collectors.averagingDouble(value)));
    }

    /**
     * Returns the mean corruption error relative to another model: {@code 1/K sum_k (sum_s E_ks /
     * sum_s E'_ks)}, of the errors {@code E} of this and {@code E'} of the other model.
     *
     * @param reference what the other model made of the same
     * @return 1 if both are as good, lower is better; infinite or NaN if the other makes no error
     *     on a kind
     * @throws IllegalArgumentException if the other has other kinds or severities
     * @see <a href="https://arxiv.org/abs/1903.12261">Hendrycks and Dietterich, 2019, section 4</a>
     */
    public double getRelativeError(CorruptionSummary reference) {
        return relative(reference, 0, 0);
    }

    /**
     * Returns by how much errors rise from clean to corrupted images, relative to another model:
     * {@code 1/K sum_k (sum_s (E_ks - E_0) / sum_s (E'_ks - E'_0))}. A model that is bad on clean
     * images already is not rewarded by it.
     *
     * @param cleanAccuracy the accuracy of this model on clean images
     * @param reference what the other model made of the same
     * @param referenceCleanAccuracy the accuracy of the other model on clean images
     * @return 1 if errors of both rise as much, lower is better; infinite or NaN if those of the
     *     other do not rise on a kind
     * @throws IllegalArgumentException if the other has other kinds or severities
     */
    public double getRelativeErrorRise(
            double cleanAccuracy, CorruptionSummary reference, double referenceCleanAccuracy) {
        return relative(reference, 1 - cleanAccuracy, 1 - referenceCleanAccuracy);
    }

    private double relative(CorruptionSummary reference, double clean, double referenceClean) {
        SortedMap<Corruption, Double> own = byKind(CorruptionResult::error);
        SortedMap<Corruption, Double> other = reference.byKind(CorruptionResult::error);
        if (!own.keySet().equals(other.keySet())
                || !bySeverity(CorruptionResult::error)
                        .keySet()
                        .equals(reference.bySeverity(CorruptionResult::error).keySet())) {
            throw new IllegalArgumentException(
                    "The reference was judged on other corruptions: %s, not %s"
                            .formatted(other.keySet(), own.keySet()));
        }
        return own.entrySet().stream()
                .mapToDouble(
                        each ->
                                (each.getValue() - clean)
                                        / (other.get(each.getKey()) - referenceClean))
                .average()
                .orElseThrow();
    }
}
