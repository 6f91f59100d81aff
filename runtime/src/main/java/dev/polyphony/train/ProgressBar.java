/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line of a terminal, redrawn: how far, loss, accuracy, rate, and time left. */
final class ProgressBar implements Progress {

    private static final int WIDTH = 24;
    private static final int COLUMNS = 118;
    private static final double NANOS = 1e9;

    /** Redrawing more often than this is work that nobody sees. */
    private static final long INTERVAL = 100_000_000;

    private final PrintStream out;
    private final LongSupplier clock;
    private String name;
    private int epochs;
    private int steps;
    private long before;
    private long begin;
    private long drawn;
    private History.Epoch last;
    private boolean open;

    ProgressBar(PrintStream out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(String name, int epochs, int steps) {
        this.name = name;
        this.epochs = epochs;
        this.steps = steps;
        before = 0;
        begin = clock.getAsLong();
        drawn = begin - INTERVAL;
        last = null;
    }

    /** {@inheritDoc} */
    @Override
    public void onResume(Resumed resumed) {
        before = resumed.steps();
        out.println(name + ": " + resumed);
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {
        long now = clock.getAsLong();
        if (now - drawn >= INTERVAL) {
            drawn = now;
            draw(epoch, step, loss, now);
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        last = epoch;
        draw(epoch.number(), steps, epoch.trainingLoss(), clock.getAsLong());
    }

    private void draw(int epoch, int step, double loss, long now) {
        double done = (epoch - 1.0) * steps + step;
        double all = (double) epochs * steps;
        double seconds = (now - begin) / NANOS;
        double own = done - before;
        int filled = (int) (WIDTH * done / all);
        String line =
                String.format(
                        Locale.ROOT,
                        "%s [%s%s] epoch %d/%d  loss %s%s  %.0f steps/s  %s left",
                        name,
                        "=".repeat(filled),
                        " ".repeat(WIDTH - filled),
                        epoch,
                        epochs,
                        ProgressLines.loss(loss),
                        ProgressLines.validation(last),
                        seconds > 0 ? own / seconds : 0,
                        time(own > 0 ? seconds / own * (all - done) : 0));
        String fitted = line.length() > COLUMNS ? line.substring(0, COLUMNS) : line;
        // back to the start of the line, and clear what a longer line left there
        out.print('\r' + fitted + "\u001b[K");
        out.flush();
        open = true;
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {
        if (open) {
            out.println();
            open = false;
        }
    }
}
