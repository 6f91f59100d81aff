/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

/** A base model whose own code fails on inputs of the shape that it is initialised for. */
public final class InputShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which model fails, on what and where
     * @param cause what the model threw
     */
    InputShapeException(String message, Throwable cause) {
        super(message, cause);
    }
}
