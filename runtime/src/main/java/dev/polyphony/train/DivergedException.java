/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.TrainingDivergedException;
import dev.polyphony.train.progress.History;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A training diverged: its loss became NaN or infinite, or grew far beyond what it was before the
 * first update. The parameters of the last epoch that was sound are kept.
 */
public final class DivergedException extends TrainingDivergedException {

    private static final long serialVersionUID = 1L;

    private final transient History history;
    private final transient Supplier<Trained> lastGood;
    private final transient Path checkpoint;

    DivergedException(
            String message,
            Throwable cause,
            History history,
            Supplier<Trained> lastGood,
            Path checkpoint) {
        super(message, cause);
        this.history = history;
        this.lastGood = lastGood;
        this.checkpoint = checkpoint;
    }

    /**
     * Returns how training went until then.
     *
     * @return the epochs that were sound
     */
    public History getHistory() {
        return history;
    }

    /**
     * Makes the model with the parameters of the last sound epoch.
     *
     * @return the trained model, to be closed; nothing if it diverged in the first epoch
     */
    public Optional<Trained> restore() {
        return Optional.ofNullable(lastGood).map(Supplier::get);
    }

    /**
     * Returns the newest checkpoint.
     *
     * @return the file, if the training writes checkpoints and has written one
     */
    public Optional<Path> getCheckpoint() {
        return Optional.ofNullable(checkpoint);
    }
}
