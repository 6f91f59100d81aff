/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Metrics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    /** 0.5, 0.7 and 0.9 have the mean 0.7 and the standard deviation 0.2; the fastest took 10 s. */
    @Test
    void meansAndDeviationsAreThoseOfTheSeeds() {
        ResultTable table = new ResultTable();
        for (int seed = 0; seed < 3; seed++) {
            Map<String, Double> values = new HashMap<>();
            Experiment.METRICS.forEach(metric -> values.put(metric.key(), 0.25));
            values.put(Metrics.ACCURACY.key(), 0.5 + 0.2 * seed);
            values.put(ResultFile.PARAMETERS, 1234.0);
            values.put(ResultFile.SECONDS, 10.0 + seed);
            table.add("net", "row", seed, values);
        }
        String text = table.toMarkdown();
        assertTrue(text.startsWith("## net\n\n| | seeds | Accuracy |"), text);
        assertTrue(text.contains("| row | 3 | 0.7000 ± 0.2000 |"), text);
        assertTrue(text.contains("| 1,234 | 10 |"), text);
        String[] lines = table.toCsv().split("\n");
        assertEquals(4, lines.length);
        assertTrue(lines[2].startsWith("net,row,1,0.7,0.25,"), lines[2]);
    }
}
