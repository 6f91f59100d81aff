/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationOrder;
import dev.polyphony.evaluate.calibrate.Calibrator;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.samples.images.data.Parts;
import dev.polyphony.samples.images.recipe.Recipe;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Judges a model of a run, and writes the report. */
final class Judge {

    private final Recipe recipe;
    private final RecipeRun run;
    private final Parts data;
    private final Map<String, Examples> foreign = new LinkedHashMap<>();
    private boolean scales;
    private boolean corrupts;

    Judge(Recipe recipe, RecipeRun run, Parts data) {
        this.recipe = recipe;
        this.run = run;
        this.data = data;
    }

    /** Adds images that the model is not made for. */
    void addForeign(String name, Path folder) throws IOException {
        foreign.put(name, run.readForeign(folder));
    }

    /** Judges a second time, with a temperature that is fitted on the validation data. */
    void scaleTemperature() throws IOException {
        if (data.validation().isEmpty()) {
            throw new IOException(
                    "A temperature is fitted on validation data, of which the run has none: train with --validation 0.1");
        }
        scales = true;
    }

    /** Judges also on test images of every kind of corruption and every severity. */
    void corrupt() {
        corrupts = true;
    }

    void judge(String from, PrintWriter out) throws IOException {
        try (TrainedEnsemble trained = run.load(from, data)) {
            Result plain = trained.getResult(data.test(), foreign);
            Report.Builder report =
                    Report.builder()
                            .setTitle(recipe.name())
                            .addFact("Data", recipe.data().getTitle())
                            .addFact("Network", recipe.network().title())
                            .addFact("Model", from)
                            .addFact(
                                    "Reported",
                                    "%s (%s)"
                                            .formatted(
                                                    recipe.reported(), recipe.reported().source()))
                            .addResult(plain);
            if (scales) {
                report.addResult(scaled(trained, plain));
            }
            Report built = report.build();
            built.print(new PrintStream(new Forwarding(out), true));
            out.printf(
                    Locale.ROOT,
                    "Test accuracy %.2f %%, reported %s (%s)%n",
                    100 * plain.evaluation().getValue(Metrics.ACCURACY),
                    recipe.reported(),
                    recipe.reported().source());
            if (corrupts) {
                CorruptedTest test = new CorruptedTest(recipe.data(), data.test());
                test.run(trained);
                test.print(out);
                test.writeTo(run.getReportFolder());
            }
            Path page = built.writeTo(run.getReportFolder());
            out.println("Report: " + page.toAbsolutePath().normalize());
            out.flush();
        }
    }

    private Result scaled(TrainedEnsemble trained, Result plain) {
        Predictions validation = trained.predict(data.validation().orElseThrow());
        EnsembleCalibration calibration =
                EnsembleCalibration.fit(
                        Calibrator.temperature(), CalibrationOrder.POOLED, validation);
        double temperature = calibration.getPooled().orElseThrow().getTemperature();
        Map<String, Predictions> others = new LinkedHashMap<>();
        foreign.forEach(
                (name, images) -> others.put(name, calibration.apply(trained.predict(images))));
        Evaluation evaluation =
                Evaluation.of(calibration.apply(trained.predict(data.test())), others);
        String name = String.format(Locale.ROOT, "%s, temperature %.3f", plain.name(), temperature);
        return new Result(name, plain.settings(), evaluation, plain.cost());
    }
}
