/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How fast a training is, and how long it will take; what was made before it went on is free. */
public final class Pace {

    private static final double NANOS = 1e9;

    private final Progress.Run run;
    private final LongSupplier clock;
    private final long begin;
    private final long before;
    private long done;

    /**
     * Begins to measure.
     *
     * @param run the training
     * @param clock the time in nanoseconds
     */
    public Pace(Progress.Run run, LongSupplier clock) {
        this.run = run;
        this.clock = clock;
        begin = clock.getAsLong();
        before = (long) run.done().size() * run.steps() + run.step();
        done = before;
    }

    /**
     * Notes where the training stands.
     *
     * @param epoch the epoch, from 1
     * @param step the steps made in it
     */
    public void set(int epoch, int step) {
        done = (epoch - 1L) * run.steps() + step;
    }

    /**
     * Returns how much of the training is done.
     *
     * @return the share, 0 to 1
     */
    public double getShare() {
        return (double) done / ((long) run.epochs() * run.steps());
    }

    /**
     * Returns the examples that a member sees in a second, validation and checkpoints included.
     *
     * @return the rate; 0 if it is not known yet
     */
    public double getRate() {
        double seconds = getSeconds();
        double examples = (double) run.examples() / run.steps() * (done - before);
        return seconds > 0 ? examples / seconds : 0;
    }

    /**
     * Returns the time that is left at this pace.
     *
     * @return the time, as {@code 1:05} or {@code 2:03:59}; {@code ?} if it is not known yet
     */
    public String getLeft() {
        long all = (long) run.epochs() * run.steps();
        if (done >= all) {
            return time(0);
        }
        return done > before ? time(getSeconds() / (done - before) * (all - done)) : "?";
    }

    /**
     * Returns the time since the beginning.
     *
     * @return the seconds
     */
    public double getSeconds() {
        return (clock.getAsLong() - begin) / NANOS;
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        long minutes = whole / 60;
        return minutes < 60
                ? String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, whole % 60);
    }
}
