/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import java.io.IOException;

/** A folder is no model folder, is not whole, or has not the model that it should have. */
public final class ModelFolderException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public ModelFolderException(String message) {
        super(message);
    }

    /**
     * Creates an exception.
     *
     * @param message what is wrong, where, and what to do
     * @param cause why
     */
    public ModelFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
