/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import java.lang.management.ManagementFactory;

/** What whole trainings are timed by. */
enum Clock {
    /** All that a training takes, on a machine that has nothing else to do. */
    WALL("by the wall clock", 0),

    /** What the training thread computes, where other processes take the machine's time. */
    CPU(
            "in CPU time of the training thread, without the JVM's compiler and collector,"
                    + " since the machine was busy",
            1);

    /** The load average from which on a machine is busy. */
    private static final double BUSY = 1.5;

    /** Set by the script, whose own build loads the machine. */
    private static final String LOAD = "polyphony.benchmarks.load";

    private final String text;
    private final int place;

    Clock(String text, int place) {
        this.text = text;
        this.place = place;
    }

    /** The clock for a machine as busy as this one was at the start. */
    static Clock choose() {
        return getLoad() < BUSY ? WALL : CPU;
    }

    /** The load average of a minute, negative where the system has none. */
    static double getLoad() {
        String given = System.getProperty(LOAD, "");
        return given.isEmpty()
                ? ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                : Double.parseDouble(given);
    }

    /** The seconds in an answer of seconds by the wall clock, CPU seconds, and samples. */
    double seconds(String answer) {
        return Double.parseDouble(answer.split(" ")[place]);
    }

    /** The samples in an answer. */
    static long samples(String answer) {
        return Long.parseLong(answer.split(" ")[2]);
    }

    @Override
    public String toString() {
        double load = getLoad();
        return load < 0 ? text : "%s (load average %.1f)".formatted(text, load);
    }
}
