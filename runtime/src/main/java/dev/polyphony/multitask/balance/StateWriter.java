/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Puts numbers side by side. */
final class StateWriter {

    private double[] numbers = new double[0];

    StateWriter add(double... more) {
        numbers = DoubleStream.concat(Arrays.stream(numbers), Arrays.stream(more)).toArray();
        return this;
    }

    /** Adds numbers that may not be known yet. */
    StateWriter addIfKnown(double[] more) {
        return more == null ? add(0) : add(1).add(more);
    }

    double[] get() {
        return numbers;
    }
}
