/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Task;
import dev.polyphony.harness.Description;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.ModelFolder;
import java.io.IOException;
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
    Outcome train(Harness harness, DataParts data, RunFolder run, boolean resumes)
            throws IOException {
        try (TrainedEnsemble trained =
                resumes
                        ? harness.resume(data.train(), data.validation())
                        : harness.fit(data.train(), data.validation())) {
            trained.save(run.getModels());
            Outcome outcome = judge(trained, data);
            ModelFolder.describe(run.getModels()).writeMetrics(trained.getDescription().metrics());
            return outcome;
        }
    }

    /** {@inheritDoc} */
    @Override
    Outcome evaluate(Harness harness, DataParts data, RunFolder run) throws IOException {
        try (TrainedEnsemble trained = harness.load(run.getModels())) {
            return judge(trained, data);
        }
    }

    private static Outcome judge(TrainedEnsemble trained, DataParts data) {
        return data.test().getTask() == Task.CLASSIFICATION
                ? Outcome.of(trained.evaluate(data.test(), data.outOfDistribution()))
                : new Outcome.Scores(trained.getName(), trained.getScores(data.test()));
    }

    /** {@inheritDoc} */
    @Override
    List<Description> describe(Harness harness, Shape example) {
        return List.of(harness.describe(example));
    }
}
