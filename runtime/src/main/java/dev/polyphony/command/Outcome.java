/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.polyphony.files.AtomicFile;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What judging came to. */
interface Outcome {

    /** Prints it as a table. */
    void print(PrintStream out);

    /** Writes it to a folder, and returns the file to look at. */
    Path writeTo(Path folder) throws IOException;

    /** Of classifiers. */
    static Outcome of(Report report) {
        return new Outcome() {

            @Override
            public void print(PrintStream out) {
                report.print(out);
            }

            @Override
            public Path writeTo(Path folder) throws IOException {
                return report.writeTo(folder);
            }
        };
    }

    /**
     * Of what predicts several labels or numbers.
     *
     * @param title what was judged
     * @param scores figures by their names
     */
    record Scores(String title, Map<String, Double> scores) implements Outcome {

        /** Copies the map, in its order. */
        public Scores {
            scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        }

        @Override
        public void print(PrintStream out) {
            out.println(title);
            int width = scores.keySet().stream().mapToInt(String::length).max().orElse(0);
            scores.forEach(
                    (name, score) ->
                            out.println(
                                    name
                                            + " ".repeat(width - name.length())
                                            + String.format(Locale.ROOT, "  %.4f", score)));
        }

        @Override
        public Path writeTo(Path folder) throws IOException {
            JsonObject json = new JsonObject();
            json.addProperty("title", title);
            scores.forEach(
                    (name, score) ->
                            json.add(
                                    name,
                                    Double.isFinite(score)
                                            ? new JsonPrimitive(score)
                                            : JsonNull.INSTANCE));
            Path file = folder.resolve("scores.json");
            AtomicFile.write(
                    file,
                    new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(json)
                            + "\n");
            return file;
        }
    }
}
