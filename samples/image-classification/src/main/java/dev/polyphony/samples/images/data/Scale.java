/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.data;

/** How large a run is. */
public enum Scale {
    /** As in the literature. */
    FULL,

    /** Narrow networks, a tenth of the examples, and a twentieth of the epochs. */
    REDUCED,

    /** The smallest networks, a few steps, and examples that are made up. */
    SMOKE;

    /**
     * Returns one of three values.
     *
     * @param <T> their type
     * @param full that of the literature
     * @param reduced that of a reduced run
     * @param smoke that of a few steps
     * @return this scale's
     */
    public <T> T choose(T full, T reduced, T smoke) {
        return switch (this) {
            case FULL -> full;
            case REDUCED -> reduced;
            case SMOKE -> smoke;
        };
    }
}
