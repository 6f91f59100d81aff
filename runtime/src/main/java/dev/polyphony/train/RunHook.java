/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.nio.file.Path;
import java.util.Optional;

/** Is called where a run may be saved, and where it may be taken up again. */
public interface RunHook {

    /**
     * Everything is ready for the first step. The hook may restore the parameters, the optimizer's
     * state and the state of the run, which then goes on from there.
     *
     * @param run the run
     */
    default void onStart(TrainingRun run) {}

    /**
     * A step has been made: {@link TrainingRun#getSteps} costs nothing, {@link
     * TrainingRun#getState} waits for the device.
     *
     * @param run the run
     */
    default void onStep(TrainingRun run) {}

    /**
     * An epoch has been made and judged; the state is that before the next one's first step.
     *
     * @param run the run
     */
    default void onEpoch(TrainingRun run) {}

    /**
     * Returns the newest checkpoint, to be named where a training fails.
     *
     * @return the file, if there is one
     */
    default Optional<Path> getLastCheckpoint() {
        return Optional.empty();
    }

    /**
     * Returns a hook that does nothing.
     *
     * @return the hook
     */
    static RunHook none() {
        return new RunHook() {};
    }
}
