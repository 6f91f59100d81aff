/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Harness;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of what is judged beyond the test set. */
class BeyondCommandTest extends CommandFixture {

    private static JsonObject row(Path report, int row) throws IOException {
        return JsonParser.parseString(Files.readString(report.resolve("report.json")))
                .getAsJsonObject()
                .getAsJsonArray("results")
                .get(row)
                .getAsJsonObject();
    }

    @Test
    void calibratesAndSavesIt() throws IOException {
        assertEquals(
                0,
                train(
                        "--quiet",
                        "--epochs=12",
                        "--lr=0.02",
                        "--calibrate",
                        "temperature:both",
                        "--conformal",
                        "0.8:threshold,aps"),
                err);
        JsonObject row = row(run, 0);
        assertEquals(1, row.getAsJsonArray("calibrations").size());
        JsonArray sets = row.getAsJsonArray("conformal");
        assertEquals(2, sets.size());
        assertEquals(
                "randomized-adaptive", sets.get(1).getAsJsonObject().get("method").getAsString());
        assertTrue(
                ModelFolder.describe(run.resolve("model"))
                        .getDescription()
                        .answers()
                        .calibration()
                        .isPresent());
        assertEquals(0, run(false, "resume", run.toString(), "--quiet"), err);
        assertEquals(row.get("calibrations"), row(run, 0).get("calibrations"));

        // evaluate takes what the run has, unless it is told otherwise
        Path judged = folder.resolve("judged");
        assertEquals(0, run(false, "evaluate", run.toString(), "--out", judged.toString()), err);
        assertEquals(row.get("calibrations"), row(judged, 0).get("calibrations"));
        String[] others = {
            "evaluate",
            run.toString(),
            "--out",
            judged.toString(),
            "--data",
            csv.toString(),
            "--calibrate",
            "vector",
            "--conformal",
            "none"
        };
        assertEquals(0, run(false, others), err);
        assertEquals(1, row(judged, 0).getAsJsonArray("calibrations").size());
        assertEquals(0, row(judged, 0).getAsJsonArray("conformal").size());
    }

    @Test
    void rowsOfAComparisonAreCalibrated() throws IOException {
        assertEquals(
                0,
                compare("--quiet", "--epochs=12", "--lr=0.02", "--calibrate", "temperature"),
                err);
        for (int row = 0; row < 3; row++) {
            assertEquals(1, row(run, row).getAsJsonArray("calibrations").size());
        }
        assertTrue(
                ModelFolder.describe(run.resolve("model/packed"))
                        .getDescription()
                        .answers()
                        .calibration()
                        .isPresent());
        Path judged = folder.resolve("judged");
        assertEquals(0, run(true, "evaluate", run.toString(), "--out", judged.toString()), err);
        assertEquals(row(run, 1).get("calibrations"), row(judged, 1).get("calibrations"));
    }

    @Test
    void aRunGoesOnWithOthers() throws IOException {
        assertEquals(0, compare("--quiet", "--conformal=0.8"), err);
        String[] other = {"resume", run.toString(), "--quiet", "--conformal", "0.7:aps"};
        assertEquals(0, run(true, other), err);
        JsonArray sets = row(run, 2).getAsJsonArray("conformal");
        assertEquals(
                "randomized-adaptive", sets.get(0).getAsJsonObject().get("method").getAsString());
        // from here on the run has them
        assertEquals(0, run(true, "resume", run.toString(), "--quiet"), err);
        assertEquals(sets, row(run, 2).getAsJsonArray("conformal"));
        String[] none = {"resume", run.toString(), "--quiet", "--conformal", "none"};
        assertEquals(0, run(true, none), err);
        assertEquals(0, row(run, 2).getAsJsonArray("conformal").size());
    }

    /** Images from 0 to 10, written to a file. */
    private int trainOnImages(String... more) throws IOException {
        LabeledData images = TestData.stripes(90, 1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            StringBuilder line = new StringBuilder().append(images.getLabels()[i]);
            for (int pixel = 0; pixel < 36; pixel++) {
                float value = images.getFeatures()[36 * i + pixel];
                line.append(',').append(Math.min(Math.max(5 * value + 2, 0), 10));
            }
            lines.add(line.toString());
        }
        Path file = Files.write(folder.resolve("images.csv"), lines);
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "train",
                                "--quiet",
                                "--data=" + file,
                                "--shape=1,6,6",
                                "--epochs=1",
                                "--out=" + run));
        args.addAll(Arrays.asList(more));
        PackedForm form = PackedForm.of(2);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code =
                HarnessCommand.execute(
                        "nets.PackedCnnHarness",
                        args.toArray(String[]::new),
                        values ->
                                new Harness(
                                        "Cnn", () -> new EnsembleCnn(form, 3), Recipe.of(form)) {},
                        new PrintStream(
                                OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8));
        err = errors.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void imagesAreCorruptedAndSeenInSeveralViews() throws IOException {
        assertEquals(
                0,
                trainOnImages(
                        "--scale=0.1",
                        "--corruptions=gaussian-noise,contrast:1,5",
                        "--tta=shift:1:0,flip+rotate:5"),
                err);
        JsonObject row = row(run, 0);
        assertEquals(4, row.getAsJsonArray("corruptions").size());
        assertTrue(row.has("views"));
        String page = Files.readString(run.resolve("report.md"));
        assertTrue(page.contains("identity, shift(1, 0), flip+rotate(5)"), page);
        assertTrue(page.contains("on several views"), page);
    }

    @Test
    void imagesOfAnotherRangeAreRefused() throws IOException {
        assertEquals(2, trainOnImages("--corruptions=contrast"));
        assertOneLineOfError("--corruptions: Image 0 has the value");
        assertOneLineOfError("bring them there with --scale");
        assertEquals(2, trainOnImages("--scale=0.1", "--corruptions=saturate"));
        assertOneLineOfError("--corruptions: ");
        assertFalse(Files.exists(run));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--calibrate   | heat            | 'heat' is no calibration: use temperature",
                "--calibrate   | vector:one      | 'vector:one' is no calibration",
                "--conformal   | 1               | '1' is no coverage above 0 and below 1",
                "--conformal   | 0.9:lac         | '0.9:lac' is no coverage",
                "--corruptions | fire            | There is no corruption 'fire': choose from",
                "--corruptions | all:6           | severities are from 1 to 5",
                "--tta         | sideways        | 'sideways' is no view: use flip",
                "--tta         | shift:1         | 'shift:1' is no view",
                "--corruptions | contrast        | is for images [C, H, W], but examples are of",
                "--tta         | flip            | is for images [C, H, W], but examples are of",
            },
            quoteCharacter = '`')
    void wrongUseIsNamed(String option, String value, String message) {
        assertEquals(2, train(option, value));
        assertOneLineOfError(message);
        assertOneLineOfError(option);
        assertFalse(Files.exists(run), "a wrong call leaves nothing behind");
    }

    @Test
    void needsValidationDataAndClasses() {
        assertEquals(2, train("--validation", "0", "--conformal", "0.9"));
        assertOneLineOfError(
                "--conformal: this is fitted on validation data, and there are none: set some apart"
                        + " with --validation");
        assertEquals(2, train("--task", "regression", "--calibrate", "vector"));
        assertOneLineOfError("--calibrate: only models of classes");
    }
}
