/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import dev.polyphony.evaluate.Metric;
import java.util.Locale;

/** The metrics of what is judged beyond the test set, by which rows and seeds are compared. */
public final class SuiteMetrics {

    private SuiteMetrics() {}

    /**
     * A metric of the test set, once answers are calibrated.
     *
     * @param metric such as {@code Metrics.NLL}
     * @return such as {@code NLL, calibrated}
     */
    public static Metric calibrated(Metric metric) {
        return of(metric, "calibrated", "calibrated");
    }

    /**
     * A metric, as a mean over corruptions and severities.
     *
     * @param metric such as {@code Metrics.ACCURACY}
     * @return such as {@code Accuracy, corrupted}
     */
    public static Metric corrupted(Metric metric) {
        return of(metric, "corrupted", "corrupted");
    }

    /**
     * A metric of the test set, seen in several ways.
     *
     * @param metric such as {@code Metrics.NLL}
     * @return such as {@code NLL, several views}
     */
    public static Metric severalViews(Metric metric) {
        return of(metric, "views", "several views");
    }

    /** A metric of the test set, where it is measured of something else. */
    private static Metric of(Metric metric, String prefix, String what) {
        return new Metric(
                prefix + capitalized(metric.key()),
                metric.title() + ", " + what,
                metric.unit(),
                metric.better(),
                metric.digits(),
                metric.meaning());
    }

    /**
     * How often sets of classes hold the right one.
     *
     * @param method how they are made, such as {@code threshold}
     * @return the metric
     */
    public static Metric setCoverage(String method) {
        return new Metric(
                key(method, "SetCoverage"),
                "Coverage of the sets, " + method,
                "",
                Metric.Better.NEITHER,
                4,
                "Share of the sets that hold the right class; close to the target is right.");
    }

    /**
     * How large sets of classes are.
     *
     * @param method how they are made
     * @return the metric
     */
    public static Metric setSize(String method) {
        return new Metric(
                key(method, "SetSize"),
                "Mean size of the sets, " + method,
                "",
                Metric.Better.LOWER,
                3,
                "Mean number of classes in a set; at the same coverage lower is better.");
    }

    /**
     * How often sets of classes hold one class only.
     *
     * @param method how they are made
     * @return the metric
     */
    public static Metric singletonSets(String method) {
        return new Metric(
                key(method, "SingletonSets"),
                "Sets of one class, " + method,
                "",
                Metric.Better.HIGHER,
                4,
                "Share of the sets that hold one class only, and so are an answer.");
    }

    /** {@code randomized-adaptive} and {@code SetSize} are {@code randomizedAdaptiveSetSize}. */
    private static String key(String method, String what) {
        StringBuilder key = new StringBuilder();
        for (String word : method.split("-")) {
            key.append(key.isEmpty() ? word : capitalized(word));
        }
        return key + what;
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
