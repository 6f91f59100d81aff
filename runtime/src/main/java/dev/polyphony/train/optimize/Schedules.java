/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

/** The arithmetic and the names of schedules. */
public final class Schedules {

    private static final double RISE = 0.3;
    private static final double FIRST = 1.0 / 25;
    private static final double LAST = FIRST / 1e4;

    private Schedules() {}

    /**
     * Gives a schedule a name for readers.
     *
     * @param name the name
     * @param schedule the schedule
     * @return the schedule, which is called so
     */
    public static Schedule named(String name, Schedule schedule) {
        return new Named(name, schedule);
    }

    /**
     * Returns the name for readers.
     *
     * @param schedule the schedule
     * @return its name; of a user's own schedule that of its class
     */
    public static String getName(Schedule schedule) {
        return schedule instanceof Named named
                ? named.name
                : "that of " + schedule.getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
    }

    private record Named(String name, Schedule schedule) implements Schedule {

        @Override
        public double getFactor(long update, int updatesPerEpoch, int epochs) {
            return schedule.getFactor(update, updatesPerEpoch, epochs);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Goes from one factor to another along half a cosine.
     *
     * @param from the first factor
     * @param to the last factor
     * @param done the share of the way, from 0; from 1 on the factor is the last
     * @return the factor there
     */
    public static double anneal(double from, double to, double done) {
        return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, done))) / 2;
    }

    /**
     * Returns the updates of a cycle.
     *
     * @param updates all updates
     * @param cycles the number of cycles
     * @return the updates of each but the last, which may have fewer
     */
    public static long cycle(long updates, int cycles) {
        return (updates + cycles - 1) / cycles;
    }

    static double oneCycle(long update, int updatesPerEpoch, int epochs) {
        double all = (double) updatesPerEpoch * epochs;
        double top = RISE * all - 1;
        if (update <= top) {
            return anneal(FIRST, 1, update / top);
        }
        return anneal(1, LAST, (update - top) / (all - 1 - top));
    }
}
