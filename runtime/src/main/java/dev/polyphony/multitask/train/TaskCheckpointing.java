/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.TrainingDivergedException;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.CheckpointContent;
import dev.polyphony.train.RunFingerprint;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import dev.polyphony.train.checkpoint.CheckpointReader;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.progress.Resumed;
import java.io.IOException;
import java.util.List;

/**
 * Keeps checkpoints of a training of several tasks, and lets one go on from them: stopped anywhere
 * and resumed, it ends with the bits of one that never stopped. One that is due while gradients are
 * gathered for an update is written after it.
 */
final class TaskCheckpointing implements AutoCloseable {

    private final Checkpoints checkpoints;
    private final CheckpointFolder folder;
    private final boolean resumes;

    private TaskRun run;
    private TaskLoop loop;
    private CheckpointContent.Run content;
    private RunFingerprint fingerprint;
    private Resumed resumed;
    private boolean isDue;
    private long lastTime;

    private TaskCheckpointing(Checkpoints checkpoints, boolean resumes) {
        if (checkpoints != null && checkpoints.isKeepBest()) {
            throw new IllegalArgumentException(
                    "Several tasks have no one loss that tells the best epoch: keep the last checkpoints alone, without optKeepBest");
        }
        this.checkpoints = checkpoints;
        this.resumes = resumes;
        folder = checkpoints == null ? null : CheckpointFolder.open(checkpoints.getFolder());
    }

    /** Keeps checkpoints of a training that begins; none if they are null. */
    static TaskCheckpointing begin(Checkpoints checkpoints) {
        if (checkpoints != null) {
            checkpoints.requireNone();
        }
        return new TaskCheckpointing(checkpoints, false);
    }

    /** Goes on from the newest checkpoint. */
    static TaskCheckpointing resume(Checkpoints checkpoints) {
        if (!checkpoints.exist()) {
            // says that there is none
            CheckpointFolder.openNewest(checkpoints.getFolder()).close();
        }
        return new TaskCheckpointing(checkpoints, true);
    }

    /** Says what is trained, and what tells it from others. */
    void setRun(TaskRun run, RunFingerprint fingerprint) {
        this.run = run;
        this.fingerprint = fingerprint;
    }

    /** Whether what tells a training from others is needed. */
    boolean isKept() {
        return checkpoints != null;
    }

    /** Where training went on from, or null if it began. */
    Resumed getResumed() {
        return resumed;
    }

    /** Writes the first checkpoint, or returns the state of the newest. */
    TaskState begin(TaskState first, GroupedOptimizer optimizer, int updates, TaskLoop loop) {
        if (checkpoints == null) {
            return first;
        }
        this.loop = loop;
        content =
                new CheckpointContent.Run(
                        run.ensemble(), run.training(), optimizer, fingerprint, updates);
        if (!resumes) {
            write(first);
            return first;
        }
        TaskState state = restore(optimizer);
        run.progress().onResume(resumed);
        lastTime = System.nanoTime();
        return state;
    }

    private TaskState restore(GroupedOptimizer optimizer) {
        try (CheckpointReader reader = CheckpointFolder.openNewest(checkpoints.getFolder())) {
            CheckpointContent then = new CheckpointContent(reader, run.recipe(), run.training());
            try {
                List<String> environment = then.requireSame(fingerprint);
                TaskState state = then.readState(TaskState::read);
                then.requireSameSteps(state.updates(), state.epoch() + (state.step() > 0 ? 1 : 0));
                then.restore(run.ensemble(), optimizer);
                loop.load(state);
                resumed =
                        new Resumed(
                                reader.getFile(),
                                state.epoch(),
                                state.steps(),
                                isOver(state),
                                environment);
                return state;
            } catch (IOException e) {
                throw new CheckpointException(
                        "The checkpoint %s cannot be read: %s"
                                .formatted(reader.getFile(), e.getMessage()),
                        e);
            }
        }
    }

    private boolean isOver(TaskState state) {
        return state.epoch() >= run.training().getEpochs();
    }

    void onStep(TaskState state, boolean isUpdate) {
        if (checkpoints == null) {
            return;
        }
        isDue |= checkpoints.isDueAfterStep(state.steps(), sinceLast());
        if (isDue && isUpdate) {
            write(state);
        }
    }

    void onEpoch(TaskState state) {
        if (checkpoints != null
                && (isOver(state) || checkpoints.isDueAfterEpoch(state.epoch(), sinceLast()))) {
            write(state);
        }
    }

    private long sinceLast() {
        return System.nanoTime() - lastTime;
    }

    private void write(TaskState state) {
        Snapshot parameters = Snapshot.of(run.ensemble());
        if (!parameters.isFinite()) {
            throw new TrainingDivergedException(
                    "Training diverged: a parameter is not finite by step %d. Lower the learning rate (now %s), or bound the gradient with optClipNorm"
                            .formatted(state.steps(), run.training().getLearningRate()));
        }
        loop.save(state);
        folder.write(state.steps(), CheckpointContent.sections(content, state::write, parameters));
        folder.retain(checkpoints.getKeepLast(), List.of());
        isDue = false;
        lastTime = System.nanoTime();
    }

    /** Frees the folder for others. */
    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
    }
}
