/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import java.util.Arrays;

/** All tasks in each step. */
final class Joint implements TaskSchedule {

    @Override
    public Turns begin(int tasks, long seed) {
        return Timed.of(moment -> ones(tasks));
    }

    static double[] ones(int tasks) {
        double[] ones = new double[tasks];
        Arrays.fill(ones, 1);
        return ones;
    }

    static double[] one(int tasks, int task) {
        double[] factors = new double[tasks];
        factors[task] = 1;
        return factors;
    }

    static void require(int own, int tasks) {
        if (own != tasks) {
            throw new IllegalArgumentException(
                    "The schedule is one of %d tasks, but the model has %d".formatted(own, tasks));
        }
    }

    @Override
    public String toString() {
        return "all tasks in each step";
    }
}
