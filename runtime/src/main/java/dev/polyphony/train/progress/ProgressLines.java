/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Plain lines for logs: the first epoch, the last, those at each quarter of the way, and whatever
 * is reached half a minute after the last line.
 */
final class ProgressLines implements Progress {

    private static final int PARTS = 4;
    private static final long INTERVAL = 30_000_000_000L;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final LongSupplier clock;
    private final List<History.Epoch> epochs = new ArrayList<>();
    private Run run;
    private Pace pace;
    private Resumed resumed;
    private long printed;

    ProgressLines(PrintStream out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    /** {@inheritDoc} */
    @Override
    public void onResume(Resumed resumed) {
        this.resumed = resumed;
    }

    /** {@inheritDoc} */
    @Override
    public void onNote(String name, String note) {
        print(List.of(name, note));
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        this.run = run;
        pace = new Pace(run, clock);
        printed = clock.getAsLong();
        epochs.clear();
        epochs.addAll(run.done());
        if (resumed != null) {
            print(List.of(run.name(), resumed.toString()));
            resumed = null;
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {
        if (step < run.steps() && isLate()) {
            pace.set(epoch, step);
            print(
                    List.of(
                            run.name(),
                            Words.epoch(epoch, run),
                            Words.step(step, run),
                            "loss " + Words.loss(loss),
                            Words.rate(pace),
                            pace.getLeft() + " left"));
        }
    }

    private boolean isLate() {
        return clock.getAsLong() - printed >= INTERVAL;
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        epochs.add(epoch);
        int number = epoch.number();
        boolean quarter =
                (long) number * PARTS / run.epochs() > (number - 1L) * PARTS / run.epochs();
        if (number > 1 && !quarter && !isLate()) {
            return;
        }
        pace.set(number, run.steps());
        List<String> words = new ArrayList<>();
        words.add(run.name());
        words.add(Words.epoch(number, run));
        words.add("loss " + Words.loss(epoch.trainingLoss()));
        words.addAll(Words.validation(epochs));
        words.add(Words.rate(pace));
        words.add(pace.getLeft() + " left");
        print(words);
    }

    private void print(List<String> words) {
        out.println(String.join(GAP, words));
        printed = clock.getAsLong();
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {
        // nothing is left open
    }
}
