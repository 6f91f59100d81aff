/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import dev.polyphony.data.Seeds;
import java.util.Arrays;

/** One task that is drawn. */
final class Drawn implements TaskSchedule {

    /** Keeps the stream of turns apart from that of batches. */
    private static final long TURNS = 0x7475726e;

    private final double[] shares;

    Drawn(double... shares) {
        this.shares = shares;
    }

    @Override
    public Turns begin(int tasks, long seed) {
        Joint.require(shares.length, tasks);
        double sum = Arrays.stream(shares).sum();
        return Timed.of(
                moment -> {
                    double drawn = Seeds.random(seed, TURNS, moment.step()).nextDouble() * sum;
                    int task = 0;
                    while (task < tasks - 1 && drawn >= shares[task]) {
                        drawn -= shares[task];
                        task++;
                    }
                    return Joint.one(tasks, task);
                });
    }

    @Override
    public String toString() {
        return "a task drawn for each step, shares " + Arrays.toString(shares);
    }
}
