/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import java.util.Optional;

/**
 * How a row differs from the reference in one figure.
 *
 * @param test the test that assumes least
 * @param adjusted its p-value, corrected with Holm's method for there being several rows
 * @param student the t-test of the same seeds, which assumes a normal distribution and can so say
 *     more of few; empty where examples are compared
 */
public record Difference(PairedTest test, double adjusted, Optional<PairedTest> student) {

    /**
     * Returns whether the row differs by more than chance.
     *
     * @param level the highest chance of calling any row different that is not, such as 0.05
     * @return whether the adjusted p-value is at most the level
     */
    public boolean isSignificant(double level) {
        return adjusted <= level;
    }
}
