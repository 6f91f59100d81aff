/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import dev.polyphony.checks.Checks;
import java.util.Arrays;

/** When each task has its turn; {@link Turns} are one training's. */
public interface TaskSchedule {

    /**
     * Begins a training.
     *
     * @param tasks the number of tasks
     * @param seed the seed of what is drawn
     * @return the turns
     * @throws IllegalArgumentException if the schedule is that of another number of tasks
     */
    Turns begin(int tasks, long seed);

    /** The turns of the tasks in one training. */
    @FunctionalInterface
    interface Turns {

        /**
         * Returns what the weighed losses of a step are multiplied by.
         *
         * @param moment when the step is
         * @return a factor for each task, at least 0 and not all 0; a task with 0 has no part in it
         */
        double[] getFactors(Moment moment);

        /**
         * A step has been made.
         *
         * @param losses the loss of each task before it; NaN of a task that had no part in it
         */
        default void onStep(double... losses) {}

        /**
         * Returns what the turns have come to, for checkpoints: given to {@link #setState} of new
         * ones of the same training, these go on alike.
         *
         * @return the numbers; none of turns that depend on the moment alone
         * @throws IllegalStateException by default, as nothing is known of turns of one's own
         */
        default double[] getState() {
            throw new IllegalStateException(
                    "Turns of your own are kept in checkpoints if they implement Turns.getState and setState: implement them in %s, or train without checkpoints"
                            .formatted(getClass().getName()));
        }

        /**
         * Goes on from what {@link #getState} said.
         *
         * @param state the numbers
         */
        default void setState(double... state) {
            // as long as nothing says what they keep, nothing is given back
        }
    }

    /**
     * When a step is.
     *
     * @param step the step in all, from 0
     * @param epoch the epoch, from 0
     * @param part the part of the epoch that is over, from 0 to below 1
     */
    record Moment(long step, int epoch, double part) {}

    /**
     * Returns the schedule in which every step trains all tasks.
     *
     * @return the schedule
     */
    static TaskSchedule joint() {
        return new Joint();
    }

    /**
     * Returns the schedule in which tasks take turns: task {@code (t / steps) mod T} in step {@code
     * t}.
     *
     * @param steps the steps of a turn, at least 1
     * @return the schedule
     */
    static TaskSchedule alternating(int steps) {
        Checks.require("steps of a turn", steps, steps >= 1, "at least 1");
        return new Alternating(steps);
    }

    /**
     * Returns the schedule in which each step trains one task that is drawn.
     *
     * @param shares how often each task is drawn, above 0; scaled to sum up to 1
     * @return the schedule
     */
    static TaskSchedule drawn(double... shares) {
        for (double share : shares) {
            Checks.require("share of a task", share, share > 0, "above 0");
        }
        return new Drawn(shares.clone());
    }

    /**
     * Returns the schedule that favours from time to time the task that has come the least far: of
     * each {@code period} steps, the first {@code length} train the task with the largest {@code
     * L_i / L_i(0)} alone, or with its loss multiplied. Losses are exponential averages over about
     * 20 steps.
     *
     * @param period the steps from one focus to the next
     * @param length the steps of a focus, at least 1 and fewer than {@code period}
     * @param factor what the loss of the task is multiplied by in a focus, above 1; infinity for
     *     the task alone
     * @return the schedule
     */
    static TaskSchedule focus(int period, int length, double factor) {
        Checks.require("steps of a focus", length, length >= 1, "at least 1");
        Checks.require(
                "steps from one focus to the next", period, period > length, "above " + length);
        if (!(factor > 1)) {
            throw new IllegalArgumentException(
                    "A focus multiplies a loss by more than 1, but the factor was " + factor);
        }
        return new Focus(period, length, factor);
    }

    /**
     * Returns the schedule that begins with some tasks and adds the others: task {@code i} has no
     * part before the epoch {@code starts[i]}, and its factor rises linearly to 1 in the {@code
     * ramp} epochs from there.
     *
     * @param ramp the epochs in which a task is blended in, at least 0
     * @param starts the first epoch of each task, from 0; one of them 0
     * @return the schedule
     */
    static TaskSchedule staggered(double ramp, int... starts) {
        Checks.require("ramp", ramp, ramp >= 0, "at least 0");
        for (int start : starts) {
            Checks.require("first epoch of a task", start, start >= 0, "at least 0");
        }
        if (Arrays.stream(starts).noneMatch(start -> start == 0)) {
            throw new IllegalArgumentException(
                    "At least one task must begin in epoch 0, but they begin in "
                            + Arrays.toString(starts));
        }
        return new Staggered(ramp, starts.clone());
    }
}
