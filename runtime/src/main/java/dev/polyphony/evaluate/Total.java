/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * A sum that forgets nothing worth mentioning: what each addition rounds off is kept aside and
 * added in the end, so that the order of millions of terms does not show (Neumaier, 1974).
 */
final class Total {

    private double sum;
    private double rest;

    void add(double value) {
        double next = sum + value;
        rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    void add(Total other) {
        add(other.sum);
        rest += other.rest;
    }

    double get() {
        return sum + rest;
    }
}
