/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

/** Reads what {@link StateWriter} put side by side. */
final class StateReader {

    private final double[] numbers;
    private int at;

    StateReader(double... numbers) {
        this.numbers = numbers;
    }

    /** Fills an array. */
    void read(double[] into) {
        System.arraycopy(numbers, at, into, 0, into.length);
        at += into.length;
    }

    /** Reads so many numbers, or null if they were not known. */
    double[] readIfKnown(int count) {
        boolean isKnown = numbers[at] == 1;
        at++;
        if (!isKnown) {
            return null;
        }
        double[] read = new double[count];
        read(read);
        return read;
    }
}
