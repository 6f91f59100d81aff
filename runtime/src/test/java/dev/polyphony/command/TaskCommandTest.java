/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Numbers and several labels on the command line, from a file to a report. */
class TaskCommandTest extends CommandFixture {

    private static final String[] SETTINGS = {"--set", "hidden=8", "--quiet", "--epochs", "3"};

    private Path write(String name, boolean ofLabels) throws IOException {
        LabeledData data = TestData.moons(160, 0.1, 1);
        List<String> lines = new ArrayList<>(List.of("first,second,x,y"));
        for (int i = 0; i < data.size(); i++) {
            float x = data.getFeatures()[2 * i];
            float y = data.getFeatures()[2 * i + 1];
            lines.add(
                    ofLabels
                            ? "%d,%d,%s,%s".formatted(x > 0.5 ? 1 : 0, y > 0 ? 1 : 0, x, y)
                            : String.format(Locale.ROOT, "%s,%s,%s,%s", x + y, x * y, x, y));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private String[] train(Path data, String task, String... more) {
        List<String> all = new ArrayList<>(List.of("train", "--data", data.toString()));
        all.addAll(List.of("--out", run.toString(), "--task", task, "--outputs", "2"));
        all.addAll(List.of(SETTINGS));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static JsonObject quality(Path report) throws IOException {
        return JsonParser.parseString(Files.readString(report.resolve("report.json")))
                .getAsJsonObject()
                .getAsJsonArray("results")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("quality");
    }

    @Test
    void numbersAreComparedAndJudgedAgain() throws IOException {
        Path data = write("numbers.csv", false);
        assertEquals(0, run(true, train(data, "regression", "--ood", "same=" + data)), err);
        assertTrue(out.contains("RMSE"), out);
        assertTrue(out.contains("AUROC"), out);
        assertFalse(out.contains("rootMeanSquaredError"), out);
        JsonObject trained = quality(run);
        assertEquals(0, run(true, "evaluate", run.toString(), "--out", folder + "/again"), err);
        // the noise is fitted to the run's validation data again
        assertEquals(trained, quality(folder.resolve("again")));
        assertFalse(trained.get("memberNoise").isJsonNull());
    }

    @Test
    void oneHarnessOfNumbersIsJudgedOnOtherData() throws IOException {
        Path data = write("numbers.csv", false);
        assertEquals(0, run(false, train(data, "regression")), err);
        assertTrue(out.contains("RMSE"), out);
        assertEquals(
                0,
                run(
                        false,
                        "evaluate",
                        run.toString(),
                        "--data",
                        data.toString(),
                        "--out",
                        folder + "/again"),
                err);
        assertEquals(
                quality(run).get("memberNoise").getAsDouble(),
                quality(folder.resolve("again")).get("memberNoise").getAsDouble(),
                1e-9);
    }

    @Test
    void severalLabelsAreCompared() throws IOException {
        Path data = write("labels.csv", true);
        assertEquals(0, run(true, train(data, "multi-label")), err);
        assertTrue(out.contains("Exact"), out);
        assertFalse(out.contains("exactMatch"), out);
        assertTrue(Files.exists(run.resolve("index.html")));
    }
}
