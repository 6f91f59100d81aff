/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

/**
 * One task after the other.
 *
 * @param steps the steps of a turn
 */
record Alternating(int steps) implements TaskSchedule {

    @Override
    public Turns begin(int tasks, long seed) {
        return Timed.of(moment -> Joint.one(tasks, (int) (moment.step() / steps % tasks)));
    }

    @Override
    public String toString() {
        return "tasks take turns, %d %s each".formatted(steps, steps == 1 ? "step" : "steps");
    }
}
