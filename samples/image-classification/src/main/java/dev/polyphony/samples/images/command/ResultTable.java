/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.compare.Bootstrap;
import dev.polyphony.evaluate.compare.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of all runs: each of them, mean and standard deviation over seeds, and the time of
 * the fastest, which other work on the machine has kept least.
 */
final class ResultTable {

    private record Run(int seed, Map<String, Double> values) {}

    /** The runs by network and row. */
    private final Map<String, Map<String, List<Run>>> runs = new LinkedHashMap<>();

    void add(String network, String row, int seed, Map<String, Double> values) {
        runs.computeIfAbsent(network, any -> new LinkedHashMap<>())
                .computeIfAbsent(row, any -> new ArrayList<>())
                .add(new Run(seed, values));
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(Experiment.METRICS.stream().map(Metric::key).toList());
        keys.add(ResultFile.PARAMETERS);
        keys.add(ResultFile.SECONDS);
        return keys;
    }

    String toCsv() {
        StringBuilder text = new StringBuilder("network,row,seed," + String.join(",", keys()));
        runs.forEach(
                (network, rows) ->
                        rows.forEach(
                                (row, all) -> {
                                    for (Run run : all) {
                                        text.append("\n%s,%s,%d".formatted(network, row, run.seed));
                                        keys().forEach(
                                                        key ->
                                                                text.append(',')
                                                                        .append(
                                                                                run.values.get(
                                                                                        key)));
                                    }
                                }));
        return text.append('\n').toString();
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder();
        runs.forEach(
                (network, rows) -> {
                    text.append("## ").append(network).append("\n\n| | seeds |");
                    Experiment.METRICS.forEach(
                            metric -> text.append(' ').append(metric.getLabel()).append(" |"));
                    text.append(" parameters | training (s), fastest |\n|---|---|");
                    text.append("---|".repeat(keys().size())).append('\n');
                    rows.forEach((row, all) -> text.append(line(row, all)));
                    text.append('\n');
                });
        return text.toString();
    }

    private static String line(String row, List<Run> all) {
        StringBuilder line = new StringBuilder("| %s | %d |".formatted(row, all.size()));
        for (Metric metric : Experiment.METRICS) {
            line.append(' ')
                    .append(spread(values(all, metric.key()), metric.digits()))
                    .append(" |");
        }
        line.append(
                String.format(
                        Locale.ROOT,
                        " %,.0f | %.0f |\n",
                        all.get(0).values.get(ResultFile.PARAMETERS),
                        Arrays.stream(values(all, ResultFile.SECONDS)).min().orElseThrow()));
        return line.toString();
    }

    private static double[] values(List<Run> all, String key) {
        return all.stream().mapToDouble(run -> run.values.get(key)).toArray();
    }

    private static String spread(double[] values, int digits) {
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            return "-";
        }
        Spread spread = Spread.of(values, Bootstrap.seeded(0));
        String number = "%." + digits + "f";
        String mean = String.format(Locale.ROOT, number, spread.mean());
        return values.length < 2
                ? mean
                : mean + String.format(Locale.ROOT, " ± " + number, spread.deviation());
    }
}
