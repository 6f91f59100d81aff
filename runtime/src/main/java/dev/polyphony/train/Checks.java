/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

/** What settings must be. */
final class Checks {

    private Checks() {}

    /** Requires that a value is finite and valid, or says what is. */
    static void require(String name, Number value, boolean valid, String range) {
        if (!valid || !Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException(
                    "The %s must be %s, but was %s".formatted(name, range, value));
        }
    }
}
