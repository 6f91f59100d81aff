/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import java.util.Arrays;

/** Some tasks begin later. */
final class Staggered implements TaskSchedule {

    private final double ramp;
    private final int[] starts;

    Staggered(double ramp, int... starts) {
        this.ramp = ramp;
        this.starts = starts;
    }

    @Override
    public Turns begin(int tasks, long seed) {
        Joint.require(starts.length, tasks);
        return Timed.of(
                moment -> {
                    double[] factors = new double[tasks];
                    for (int i = 0; i < tasks; i++) {
                        double since = moment.epoch() + moment.part() - starts[i];
                        boolean isWhole = starts[i] == 0 || ramp == 0 && since >= 0;
                        factors[i] = isWhole ? 1 : Math.max(0, Math.min(since / ramp, 1));
                    }
                    return factors;
                });
    }

    @Override
    public String toString() {
        return "tasks begin in the epochs %s, blended in over %s"
                .formatted(Arrays.toString(starts), ramp);
    }
}
