/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.Metrics;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which row notices inputs that it was not made for: often another one than that whose
 * probabilities fit best, which is judged on the test set alone.
 */
final class Foreign {

    /** AUROCs that differ by less are called the same. */
    private static final double SAME = 0.005;

    private final Report report;
    private final Noise noise;

    Foreign(Report report, Noise noise) {
        this.report = report;
        this.noise = noise;
    }

    /** A sentence for each foreign set. */
    List<String> noticedBest() {
        if (report.task() != Task.CLASSES) {
            return List.of();
        }
        return noise.best().classification().getDetections().keySet().stream()
                .flatMap(set -> noticedBest(set).stream())
                .toList();
    }

    private Optional<String> noticedBest(String set) {
        Result best = noise.best();
        double own = auroc(best, set);
        return report.getResults().stream()
                .filter(row -> Double.isFinite(auroc(row, set)))
                .max(Comparator.comparingDouble(row -> auroc(row, set)))
                .map(
                        row ->
                                row == best || auroc(row, set) - own < SAME
                                        ? "Of inputs that it was not made for (%s), no other notices clearly more (AUROC %s)."
                                                .formatted(set, format(own))
                                        : "Inputs that it was not made for (%s) are noticed best by another: %s (AUROC %s; %s %s), for %s."
                                                .formatted(
                                                        set,
                                                        Words.name(row),
                                                        format(auroc(row, set)),
                                                        Words.name(best),
                                                        format(own),
                                                        new Price(report, noise)
                                                                .counted(row, best)));
    }

    private double auroc(Result row, String set) {
        return noise.detection(row, set, Metrics.AUROC);
    }

    private static String format(double auroc) {
        return Metrics.AUROC.format(auroc);
    }
}
