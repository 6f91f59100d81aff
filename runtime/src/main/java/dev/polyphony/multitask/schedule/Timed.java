/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

/** Turns that depend on the moment alone. */
@FunctionalInterface
interface Timed extends TaskSchedule.Turns {

    @Override
    default double[] getState() {
        return new double[0];
    }

    /** Turns without a state. */
    static TaskSchedule.Turns of(Timed turns) {
        return turns;
    }
}
