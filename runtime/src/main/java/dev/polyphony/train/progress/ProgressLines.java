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
final class ProgressLines extends WrittenProgress {

    private static final int PARTS = 4;
    private static final long INTERVAL = 30_000_000_000L;

    private long printed;

    ProgressLines(PrintStream out, LongSupplier clock) {
        super(out, clock);
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        printed = clock.getAsLong();
        super.onBegin(run);
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

    /** {@inheritDoc} */
    @Override
    void print(List<String> words) {
        super.print(words);
        printed = clock.getAsLong();
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {
        // nothing is left open
    }
}
