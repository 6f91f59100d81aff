/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;

/** One number for each example, as many as come. */
public final class Column {

    private double[] values = new double[64];
    private int size;

    /**
     * Adds the number of one more example.
     *
     * @param value the number
     */
    public void add(double value) {
        requireRoom(size + 1L);
        values[size++] = value;
    }

    /**
     * Adds all numbers of another column behind these.
     *
     * @param other the column, left as it is
     */
    public void add(Column other) {
        requireRoom((long) size + other.size);
        System.arraycopy(other.values, 0, values, size, other.size);
        size += other.size;
    }

    /**
     * Returns how many numbers there are.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /**
     * Returns the numbers in ascending order.
     *
     * @return a new array
     */
    public double[] toSorted() {
        double[] copy = Arrays.copyOf(values, size);
        // -0.0 sorts below 0.0 but equals it
        for (int i = 0; i < size; i++) {
            copy[i] += 0.0;
        }
        Arrays.sort(copy);
        return copy;
    }

    private void requireRoom(long needed) {
        if (needed > values.length) {
            values = Arrays.copyOf(values, Math.toIntExact(Math.max(needed, grown())));
        }
    }

    private long grown() {
        return Math.min(Integer.MAX_VALUE - 8L, values.length * 3L / 2);
    }
}
