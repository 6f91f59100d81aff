/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import java.util.Locale;

/** How many numbers logits are scaled by. */
public enum ScalingMethod {
    /** {@code z / T}. */
    TEMPERATURE,
    /** {@code w * z + b}, class by class. */
    VECTOR,
    /** {@code W z + b}. */
    MATRIX;

    /**
     * Returns the name for tables, files and the command line.
     *
     * @return such as {@code temperature}
     */
    public String getKey() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many weights there are for so many classes. */
    int weights(int classes) {
        return switch (this) {
            case TEMPERATURE -> 1;
            case VECTOR -> classes;
            case MATRIX -> Math.multiplyExact(classes, classes);
        };
    }

    /** How many intercepts there are for so many classes. */
    int intercepts(int classes) {
        return this == TEMPERATURE ? 0 : classes;
    }
}
