/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * A sum that forgets nothing worth mentioning: what each addition rounds off is kept aside and
 * added in the end, so that the order of millions of terms does not show (Neumaier, 1974).
 */
public final class Total {

    private double sum;
    private double rest;

    /** Creates an empty sum. */
    public Total() {
        // 0
    }

    /**
     * Adds a number.
     *
     * @param value the number, finite
     */
    public void add(double value) {
        double next = sum + value;
        rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    /**
     * Adds another sum, which is left as it is.
     *
     * @param other the other
     */
    public void add(Total other) {
        double otherRest = other.rest;
        add(other.sum);
        rest += otherRest;
    }

    /**
     * Returns the sum.
     *
     * @return what all numbers add up to
     */
    public double get() {
        return sum + rest;
    }
}
