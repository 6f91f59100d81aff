/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.moons;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * A time by two clocks: the wall's, and the CPU time of the current thread, which other processes
 * hardly change but which leaves out what the JVM's compiler and collector do in threads of their
 * own.
 *
 * @param wall seconds that have gone by
 * @param cpu seconds that this thread has computed
 */
record Seconds(double wall, double cpu) {

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    static Seconds now() {
        return new Seconds(System.nanoTime() / 1e9, THREAD.getCurrentThreadCpuTime() / 1e9);
    }

    Seconds since(Seconds start) {
        return new Seconds(wall - start.wall, cpu - start.cpu);
    }
}
