/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

/**
 * A checkpoint that is damaged, of another training, or of another format, or a folder that a
 * training cannot keep its checkpoints in. What is there has been left as it was.
 */
public final class CheckpointException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, with the file, and what to do
     */
    public CheckpointException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what is wrong, with the file, and what to do
     * @param cause why
     */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
