/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.moons;

import dev.polyphony.train.History;
import dev.polyphony.train.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The CPU time that the training thread needs for an epoch, which other processes do not change.
 */
final class EpochClock implements Progress {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private long begin = now();
    private double seconds;

    static long now() {
        return CLOCK.getCurrentThreadCpuTime();
    }

    double getLastSeconds() {
        return seconds;
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        begin = now();
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {}

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        seconds = (now() - begin) / 1e9;
        begin = now();
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {}
}
