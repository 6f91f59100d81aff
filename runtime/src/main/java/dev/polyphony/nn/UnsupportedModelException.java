/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

/**
 * A model that a form cannot transform exactly, found when the network is initialised. The message
 * names the code and the way out.
 */
public class UnsupportedModelException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public UnsupportedModelException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what the model itself threw
     */
    public UnsupportedModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
