/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run came to, a name and a number a line; there whole or not at all. */
final class ResultFile {

    static final String PARAMETERS = "parameters";
    static final String SECONDS = "trainingSeconds";

    private final Path file;

    ResultFile(Path file) {
        this.file = file;
    }

    void write(Map<Metric, Double> metrics, long parameters, double seconds) throws IOException {
        StringBuilder text = new StringBuilder();
        metrics.forEach((metric, value) -> append(text, metric.key(), value));
        append(text, PARAMETERS, parameters);
        append(text, SECONDS, seconds);
        AtomicFile.write(file, text.toString());
    }

    private static void append(StringBuilder text, String key, double value) {
        text.append(key).append(',').append(value).append('\n');
    }

    Map<String, Double> read() throws IOException {
        List<String> lines = Files.readAllLines(file);
        Map<String, Double> values = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.split(",");
            values.put(fields[0], Double.valueOf(fields[1]));
        }
        return values;
    }
}
