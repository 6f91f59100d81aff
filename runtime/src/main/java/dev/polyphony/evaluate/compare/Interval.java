/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

/**
 * Between which numbers a mean is likely to be.
 *
 * @param low the lower end
 * @param high the upper end
 * @param level how often such intervals hold the true mean, if what they assume is so: such as 0.95
 */
public record Interval(double low, double high, double level) {

    /** Where there is nothing to tell it from, as with one value. */
    static Interval unknown(double level) {
        return new Interval(Double.NaN, Double.NaN, level);
    }

    /**
     * Returns whether the interval could be computed.
     *
     * @return false if there were too few values
     */
    public boolean isKnown() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    /**
     * Returns whether a number lies in the interval, ends included.
     *
     * @param value the number
     * @return whether it does
     */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
