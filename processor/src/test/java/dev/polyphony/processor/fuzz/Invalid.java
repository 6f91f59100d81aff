/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

/** The network is none: shrinking makes such, and drops them. */
final class Invalid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Invalid(String message) {
        super(message);
    }

    static void unless(boolean valid, String message) {
        if (!valid) {
            throw new Invalid(message);
        }
    }
}
