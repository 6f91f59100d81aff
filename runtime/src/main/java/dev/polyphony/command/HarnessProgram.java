/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.harness.Description;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.report.Report;
import dev.polyphony.train.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Trains one ensemble. */
final class HarnessProgram extends Program<Harness> {

    HarnessProgram(String name, Function<Arguments, ? extends Harness> maker) {
        super(name, maker);
    }

    /** {@inheritDoc} */
    @Override
    String getSubject() {
        return "an ensemble";
    }

    /** {@inheritDoc} */
    @Override
    boolean isComparison() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    void setArguments(Harness harness, Arguments arguments) {
        if (harness.getArguments().isEmpty()) {
            harness.optArguments(arguments);
        }
    }

    /** {@inheritDoc} */
    @Override
    void setMembers(Harness harness, MemberOptions options, RunFolder run) {
        options.apply(harness, run.getMembers());
    }

    /** {@inheritDoc} */
    @Override
    Report train(Harness harness, DataParts data, RunFolder run, boolean resumes)
            throws IOException {
        try (TrainedEnsemble trained =
                resumes
                        ? harness.resume(data.train(), data.validation())
                        : harness.fit(data.train(), data.validation())) {
            trained.save(run.getModels());
            Report report = judge(trained, data, run.getModels());
            ModelFolder.describe(run.getModels()).writeMetrics(trained.getDescription().metrics());
            return report;
        }
    }

    /** {@inheritDoc} */
    @Override
    Report evaluate(Harness harness, DataParts data, RunFolder run) throws IOException {
        try (TrainedEnsemble trained = harness.load(run.getModels())) {
            if (isFitted(harness.getEvaluation(), data) && data.validation() != null) {
                trained.optValidation(data.validation());
            }
            return judge(trained, data, null);
        }
    }

    /** Judges; a calibration that is fitted is saved with the model, unless the folder is null. */
    private static Report judge(TrainedEnsemble trained, DataParts data, Path model)
            throws IOException {
        Outputs.require("test data", data.test(), trained.getDescription().network().outputs());
        Report report = trained.evaluate(data.test(), data.outOfDistribution());
        if (model != null) {
            for (CalibrationResult fitted : report.getResults().get(0).extras().calibrations()) {
                ModelFolder.describe(model).writeCalibration(fitted.calibration());
            }
        }
        return report;
    }

    /** {@inheritDoc} */
    @Override
    List<Description> describe(Harness harness, Shape example) {
        return List.of(harness.describe(example));
    }
}
