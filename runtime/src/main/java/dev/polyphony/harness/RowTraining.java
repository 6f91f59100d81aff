/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.engine.PeakMemory;
import dev.polyphony.train.Training;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import dev.polyphony.train.progress.Resumed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The training of a row with a seed, which takes place when its outcome is asked for. It is given
 * no test data.
 */
final class RowTraining implements AutoCloseable {

    private final ComparisonPlan plan;
    private final ComparedData.Seen data;
    private final int seed;
    private final String row;
    private final Progress progress;
    private final boolean resumes;
    private TrainedEnsemble trained;
    private Subject subject;

    RowTraining(
            ComparisonPlan plan,
            ComparedData.Seen data,
            int seed,
            String row,
            Progress progress,
            boolean resumes) {
        this.plan = plan;
        this.data = data;
        this.seed = seed;
        this.row = row;
        this.progress = progress;
        this.resumes = resumes;
    }

    /** What tells the outcome from that of another training. */
    String getKey() {
        return getHarness().getKey(getTraining(), data.train(), data.validation());
    }

    private Harness getHarness() {
        return plan.rows().get(row);
    }

    private Training getTraining() {
        return plan.getTraining(getHarness(), seed);
    }

    /** Trains, unless that is done, saves the model, if it is to be, and returns the outcome. */
    Subject getSubject() throws IOException {
        if (subject == null) {
            Training training = getTraining();
            OptionalDouble peak;
            try (PeakMemory memory = PeakMemory.watch()) {
                trained = train(training);
                peak = memory.stop();
            }
            boolean isOld = trained.getResumed().map(Resumed::isFinished).orElse(false);
            if (isOld || trained.isTrainedApart() || training.getDevice().isGpu()) {
                peak = OptionalDouble.empty();
            }
            if (plan.models() != null) {
                Path folder = plan.getModelFolder(row, seed);
                trained.save(folder);
            }
            subject = Subject.of(trained, row, peak);
        }
        return subject;
    }

    private TrainedEnsemble train(Training training) {
        String title = plan.getTitle(row, seed);
        Checkpoints checkpoints = plan.getCheckpoints(row, seed);
        return resumes && checkpoints != null && checkpoints.exist()
                ? getHarness()
                        .resume(
                                title,
                                data.train(),
                                data.validation(),
                                training,
                                progress,
                                checkpoints)
                : getHarness()
                        .fit(
                                title,
                                data.train(),
                                data.validation(),
                                training,
                                progress,
                                checkpoints);
    }

    /** Frees the parameters, if there are any. */
    @Override
    public void close() {
        if (trained != null) {
            trained.close();
        }
    }
}
