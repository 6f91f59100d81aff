/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers in checkpoints, bit for bit. */
final class Doubles {

    private Doubles() {}

    static void write(double[] numbers, DataOutput out) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    static double[] read(DataInput in) throws IOException {
        double[] numbers = new double[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }

    static void write(double[][] rows, DataOutput out) throws IOException {
        out.writeInt(rows.length);
        for (double[] row : rows) {
            write(row, out);
        }
    }

    static double[][] readRows(DataInput in) throws IOException {
        double[][] rows = new double[in.readInt()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = read(in);
        }
        return rows;
    }
}
