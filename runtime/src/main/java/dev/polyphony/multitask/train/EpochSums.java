/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What the steps of an epoch come to. */
final class EpochSums {

    private final double[] losses;
    private final int[] counts;
    private final int[][] conflicts;
    private final int[][] looked;
    private double total;
    private int steps;

    EpochSums(int tasks) {
        losses = new double[tasks];
        counts = new int[tasks];
        conflicts = new int[tasks][tasks];
        looked = new int[tasks][tasks];
    }

    /** Adds a step; inner products may be null. */
    void add(double loss, double[] own, double[][] products) {
        total += loss;
        steps++;
        for (int i = 0; i < own.length; i++) {
            if (!Double.isNaN(own[i])) {
                losses[i] += own[i];
                counts[i]++;
            }
        }
        for (int i = 0; products != null && i < own.length; i++) {
            for (int j = 0; j < own.length; j++) {
                looked[i][j] += Double.isNaN(products[i][j]) ? 0 : 1;
                conflicts[i][j] += products[i][j] < 0 ? 1 : 0;
            }
        }
    }

    /** The mean of the weighed losses so far. */
    double loss() {
        return total / steps;
    }

    /** The mean loss of each task; NaN of one that had no part. */
    double[] losses() {
        double[] means = new double[losses.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = counts[i] == 0 ? Double.NaN : losses[i] / counts[i];
        }
        return means;
    }

    /** The share of the steps in which two tasks pointed against one another. */
    double[][] conflicts() {
        double[][] shares = new double[losses.length][losses.length];
        for (int i = 0; i < shares.length; i++) {
            Arrays.fill(shares[i], Double.NaN);
            for (int j = 0; j < shares.length; j++) {
                if (looked[i][j] > 0) {
                    shares[i][j] = (double) conflicts[i][j] / looked[i][j];
                }
            }
        }
        return shares;
    }

    void write(DataOutput out) throws IOException {
        Doubles.write(losses, out);
        for (int i = 0; i < losses.length; i++) {
            out.writeInt(counts[i]);
            for (int j = 0; j < losses.length; j++) {
                out.writeInt(conflicts[i][j]);
                out.writeInt(looked[i][j]);
            }
        }
        out.writeDouble(total);
        out.writeInt(steps);
    }

    /** Reads what {@link #write} wrote. */
    static EpochSums read(DataInput in) throws IOException {
        double[] own = Doubles.read(in);
        EpochSums sums = new EpochSums(own.length);
        System.arraycopy(own, 0, sums.losses, 0, own.length);
        for (int i = 0; i < own.length; i++) {
            sums.counts[i] = in.readInt();
            for (int j = 0; j < own.length; j++) {
                sums.conflicts[i][j] = in.readInt();
                sums.looked[i][j] = in.readInt();
            }
        }
        sums.total = in.readDouble();
        sums.steps = in.readInt();
        return sums;
    }
}
