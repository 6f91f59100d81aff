/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

/** A command that was called wrongly, which the user can mend in the call. */
final class WrongCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongCallException(String message) {
        super(message);
    }

    WrongCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
