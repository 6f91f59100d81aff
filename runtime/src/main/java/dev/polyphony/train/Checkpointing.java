/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.TrainingDivergedException;
import dev.polyphony.data.Examples;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import dev.polyphony.train.checkpoint.CheckpointReader;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import dev.polyphony.train.progress.Resumed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps checkpoints of a run, and lets one go on from them: killed at any moment and resumed, it
 * ends with the bits of a run that was never disturbed.
 */
public final class Checkpointing implements RunHook, AutoCloseable {

    private final Checkpoints checkpoints;
    private final Examples train;
    private final Examples validation;
    private final Progress progress;
    private final CheckpointFolder folder;
    private final boolean resumes;

    private RunFingerprint fingerprint;
    private Resumed resumed;
    private int stepsPerEpoch;
    private int bestEpoch;
    private long lastSteps = -1;
    private long lastTime;
    private Path last;

    private Checkpointing(
            Checkpoints checkpoints,
            Examples train,
            Examples validation,
            Progress progress,
            boolean resumes) {
        if (checkpoints.isKeepBest() && validation == null) {
            throw new IllegalArgumentException(
                    "The best checkpoint is that of the best epoch on the validation data: give some, or keep the last ones alone");
        }
        this.checkpoints = checkpoints;
        this.train = train;
        this.validation = validation;
        this.progress = progress;
        this.resumes = resumes;
        folder = CheckpointFolder.open(checkpoints.getFolder());
    }

    /**
     * Keeps checkpoints of a training that begins.
     *
     * @param checkpoints where, when and which
     * @param train the training data
     * @param validation the validation data, or null
     * @param progress is told where the run goes on from
     * @return the hook of the training, to be closed after it
     * @throws CheckpointException if the folder has checkpoints already, or cannot be written to
     */
    public static Checkpointing begin(
            Checkpoints checkpoints, Examples train, Examples validation, Progress progress) {
        checkpoints.requireNone();
        return new Checkpointing(checkpoints, train, validation, progress, false);
    }

    /**
     * Goes on from the newest checkpoint, and keeps more of them.
     *
     * @param checkpoints where, when and which
     * @param train the training data
     * @param validation the validation data, or null
     * @param progress is told where the run goes on from
     * @return the hook of the training, to be closed after it
     * @throws CheckpointException if there is none, or the folder cannot be written to
     */
    public static Checkpointing resume(
            Checkpoints checkpoints, Examples train, Examples validation, Progress progress) {
        if (!checkpoints.exist()) {
            CheckpointFolder.openNewest(checkpoints.getFolder()).close();
        }
        return new Checkpointing(checkpoints, train, validation, progress, true);
    }

    /**
     * Returns where the run went on from.
     *
     * @return the place, or null if the run began
     */
    public Resumed getResumed() {
        return resumed;
    }

    /** {@inheritDoc} */
    @Override
    public void onStart(TrainingRun run) {
        fingerprint = RunFingerprint.of(run, train, validation);
        Training training = run.getTraining();
        stepsPerEpoch =
                training.getBatches(run.getRecipe())
                        .getEpoch(train.size(), training.getBatchSize(), training.getSeed(), 0)
                        .getSteps();
        if (resumes) {
            try (CheckpointReader reader = CheckpointFolder.openNewest(checkpoints.getFolder())) {
                resumed = Restoring.restore(reader, run, fingerprint);
            }
            progress.onResume(resumed);
            last = resumed.file();
            lastSteps = run.getSteps();
            lastTime = System.nanoTime();
            bestEpoch = bestEpoch(run.getState().getEpochs());
        } else {
            write(run);
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(TrainingRun run) {
        if (checkpoints.isDueAfterStep(run.getSteps(), sinceLast())) {
            write(run);
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(TrainingRun run) {
        TrainingState state = run.getState();
        int best = bestEpoch(state.getEpochs());
        boolean isBest = best != bestEpoch;
        bestEpoch = best;
        if (run.isOver()
                || isBest && checkpoints.isKeepBest()
                || checkpoints.isDueAfterEpoch(state.getEpoch(), sinceLast())) {
            write(run);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Optional<Path> getLastCheckpoint() {
        return Optional.ofNullable(last);
    }

    private long sinceLast() {
        return System.nanoTime() - lastTime;
    }

    /** The epoch with the lowest loss on the validation data, from 1; 0 if there is none yet. */
    private static int bestEpoch(List<History.Epoch> epochs) {
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (History.Epoch epoch : epochs) {
            if (epoch.validationLoss() < lowest) {
                lowest = epoch.validationLoss();
                best = epoch.number();
            }
        }
        return best;
    }

    private void write(TrainingRun run) {
        TrainingState state = run.getState();
        Snapshot parameters = Snapshot.of(run.getEnsemble());
        if (!Float.isFinite(state.getLossSum()) || !parameters.isFinite()) {
            throw new TrainingDivergedException(
                    "Training diverged: the loss or a parameter is not finite by step %d. Lower the learning rate (now %s), bound the gradient with optClipNorm, or scale the features to about -1 to 1"
                            .formatted(state.getSteps(), run.getTraining().getLearningRateText()));
        }
        last =
                folder.write(
                        state.getSteps(),
                        Restoring.sections(run, fingerprint, parameters, stepsPerEpoch));
        folder.retain(
                checkpoints.getKeepLast(),
                checkpoints.isKeepBest() && bestEpoch > 0
                        ? List.of((long) bestEpoch * stepsPerEpoch)
                        : List.of());
        lastSteps = state.getSteps();
        lastTime = System.nanoTime();
    }

    /** Frees the folder for others. */
    @Override
    public void close() {
        folder.close();
    }
}
