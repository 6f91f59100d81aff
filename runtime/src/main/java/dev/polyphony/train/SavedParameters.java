/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointReader;
import dev.polyphony.train.progress.History;
import java.io.IOException;
import java.nio.file.Path;

/** Takes the parameters out of a checkpoint, to judge what training had come to then. */
public final class SavedParameters {

    private SavedParameters() {}

    /**
     * Gives a network the parameters of a checkpoint.
     *
     * @param file the checkpoint
     * @param ensemble the network, initialised
     * @return how training had gone by then
     * @throws CheckpointException if it is damaged, cannot be read, or is of another network
     */
    public static History restore(Path file, Ensemble ensemble) {
        try (CheckpointReader reader = CheckpointReader.open(file)) {
            History history = Restoring.readState(reader).toHistory();
            Restoring.readParameters(reader).restore(ensemble);
            return history;
        } catch (IOException e) {
            throw new CheckpointException(
                    "The checkpoint %s cannot be read: %s".formatted(file, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    "The checkpoint %s is of another network: %s".formatted(file, e.getMessage()),
                    e);
        }
    }
}
