/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

import java.util.Arrays;

/**
 * Adam for a few numbers, without decay.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic Optimization,
 *     algorithm 1</a>
 */
final class ScalarAdam {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final double[] first;
    private final double[] second;
    private final int[] updates;

    ScalarAdam(double rate, int size) {
        this.rate = rate;
        first = new double[size];
        second = new double[size];
        updates = new int[size];
    }

    /** Takes a step with one of the numbers, and returns what it becomes. */
    double update(int at, double value, double gradient) {
        updates[at]++;
        first[at] = BETA_1 * first[at] + (1 - BETA_1) * gradient;
        second[at] = BETA_2 * second[at] + (1 - BETA_2) * gradient * gradient;
        double mean = first[at] / (1 - Math.pow(BETA_1, updates[at]));
        double scale = Math.sqrt(second[at] / (1 - Math.pow(BETA_2, updates[at])));
        return value - rate * mean / (scale + EPSILON);
    }

    /** Adds what is kept of all numbers. */
    void save(StateWriter out) {
        out.add(first).add(second).add(Arrays.stream(updates).asDoubleStream().toArray());
    }

    /** Takes what was kept. */
    void load(StateReader in) {
        in.read(first);
        in.read(second);
        double[] counts = new double[updates.length];
        in.read(counts);
        for (int i = 0; i < counts.length; i++) {
            updates[i] = (int) counts[i];
        }
    }
}
