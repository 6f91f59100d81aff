/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.suite;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import java.util.List;
import java.util.Locale;

/** The metrics of what is judged beyond the test set, by which seeds are compared. */
final class SuiteMetrics {

    /** What is looked at again where answers have changed. */
    static final List<Metric> REPEATED =
            List.of(Metrics.ACCURACY, Metrics.NLL, Metrics.BRIER, Metrics.ECE);

    private SuiteMetrics() {}

    /** A metric of the test set, where it is measured of something else. */
    static Metric of(Metric metric, String prefix, String what) {
        return new Metric(
                prefix + Character.toUpperCase(metric.key().charAt(0)) + metric.key().substring(1),
                metric.title() + ", " + what,
                metric.unit(),
                metric.better(),
                metric.digits(),
                metric.meaning() + " Here: " + what + ".");
    }

    static Metric coverage(String method) {
        return Metric.of(
                key(method) + "SetCoverage",
                "Coverage of the sets, " + method,
                Metric.Better.NEITHER,
                "Share of the sets that hold the right class; close to the target is right.");
    }

    static Metric size(String method) {
        return new Metric(
                key(method) + "SetSize",
                "Mean size of the sets, " + method,
                "",
                Metric.Better.LOWER,
                3,
                "Mean number of classes in a set; at the same coverage lower is better.");
    }

    private static String key(String method) {
        StringBuilder key = new StringBuilder();
        for (String word : method.split("-")) {
            key.append(
                    key.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return key.toString();
    }
}
