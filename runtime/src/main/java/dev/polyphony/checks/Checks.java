/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.checks;

/** What settings must be. */
public final class Checks {

    private Checks() {}

    /**
     * Requires that a setting is finite and valid.
     *
     * @param name what is set, such as {@code learning rate}
     * @param value what it was set to
     * @param valid whether that is right
     * @param range what is right, in words
     * @throws IllegalArgumentException if it is not; says what is
     */
    public static void require(String name, Number value, boolean valid, String range) {
        if (!valid || !Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException(
                    "The %s must be %s, but was %s".formatted(name, range, value));
        }
    }
}
