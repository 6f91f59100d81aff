/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import dev.polyphony.MixMethod;
import java.util.Arrays;

/** What numbers and sizes of mixes must be. */
final class Checks {

    private Checks() {}

    /** Requires a finite number in a range; {@code NaN} is in none. */
    static void require(String name, double value, boolean valid, String range) {
        if (!valid || !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "%s must be %s, but was %s".formatted(name, range, value));
        }
    }

    /** Requires a number between 0 and 1. */
    static void requireShare(String name, double value) {
        require(name, value, value >= 0 && value <= 1, "between 0 and 1");
    }

    /** Requires a concentration of mixing ratios. */
    static void requireConcentration(double value) {
        require("The concentration of mixing ratios", value, value >= 0, "at least 0, and finite");
    }

    /** Requires a count of what there must be one of. */
    static void requireCount(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "%s must be at least 1, but was %d".formatted(name, value));
        }
    }

    /**
     * Requires arrays that a method can mix.
     *
     * @param method the method
     * @param what what is mixed, in the plural
     * @param channels its channels
     * @param places its spatial shape
     */
    static void requireShape(MixMethod method, String what, int channels, int... places) {
        if (channels < 1 || Arrays.stream(places).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException(
                    "%s must have positive axes, but have %d channels and the places %s"
                            .formatted(what, channels, Arrays.toString(places)));
        }
        if (places.length < method.getSpatialAxes()) {
            throw new IllegalArgumentException(
                    "%s needs %s with %d spatial axes or more, but they have %d: use LINEAR"
                            .formatted(method, what, method.getSpatialAxes(), places.length));
        }
        requireSize(channels, Pattern.join(1, places));
    }

    /** Returns the number of values of masks, which must fit into an array. */
    static int requireSize(int count, int... shape) {
        long size = count;
        for (int length : shape) {
            size *= length;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "%d masks of the shape %s are more numbers than an array holds, %d"
                                .formatted(count, Arrays.toString(shape), Integer.MAX_VALUE));
            }
        }
        return (int) size;
    }
}
