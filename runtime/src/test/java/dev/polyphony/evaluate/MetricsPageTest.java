/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Metric.Better;
import dev.polyphony.evaluate.labels.MultiLabelMetrics;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page of the metrics against those that there are. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("../docs/metrics.md");

    /** A row of a table of metrics: a key or several, and the rest. */
    private static final Pattern ROW = Pattern.compile("^\\| (`\\w+`(?:, `\\w+`)*) \\|(.*)\\|$");

    private static List<Metric> metrics() {
        return Stream.of(
                        Metrics.getQuality(),
                        Metrics.getDetection(),
                        MultiLabelMetrics.getAll(),
                        RegressionMetrics.getAll(),
                        Metrics.getCost())
                .flatMap(List::stream)
                .toList();
    }

    /** The rest of the row of each key. */
    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new HashMap<>();
        boolean ofMetrics = false;
        for (String line : Files.readAllLines(PAGE)) {
            ofMetrics = line.startsWith("| key |") || (ofMetrics && line.startsWith("|"));
            var row = ROW.matcher(line);
            if (ofMetrics && row.matches()) {
                Arrays.stream(row.group(1).split(", "))
                        .forEach(key -> rows.put(key.replace("`", ""), row.group(2)));
            }
        }
        return rows;
    }

    @Test
    void everyMetricHasARowAndEveryRowAMetric() throws IOException {
        Set<String> keys = metrics().stream().map(Metric::key).collect(Collectors.toSet());
        assertEquals(new TreeSet<>(keys), new TreeSet<>(rows().keySet()));
        assertEquals(metrics().size(), keys.size(), "keys are distinct");
    }

    /** Which way is better is said as tables mark it. */
    @Test
    void rowsSayWhichWayIsBetter() throws IOException {
        Map<String, String> rows = rows();
        for (Metric metric : metrics()) {
            String row = rows.get(metric.key());
            if (metric.better() != Better.NEITHER) {
                String word = metric.better() == Better.HIGHER ? "higher" : "lower";
                assertTrue(
                        Pattern.compile("\\| " + word + "\\b").matcher(row).find(),
                        metric.key() + row);
            }
        }
    }

    @Test
    void everyScoreOfAnExampleIsNamed() throws IOException {
        String page = Files.readString(PAGE);
        for (UncertaintyScore score : UncertaintyScore.values()) {
            assertTrue(page.contains("`" + score.getKey() + "`"), score.getKey());
        }
    }
}
