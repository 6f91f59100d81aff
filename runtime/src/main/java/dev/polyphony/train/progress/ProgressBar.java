/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * One line of a terminal, redrawn: how far, loss, validation, rate, and time left. What a narrow
 * terminal has no room for is left out, the least important first.
 */
final class ProgressBar extends WrittenProgress {

    private static final int WIDTH = 24;
    private static final int NARROW = 10;
    private static final int SHORTEST_NAME = 8;

    /** Redrawing more often than this is work that nobody sees. */
    private static final long INTERVAL = 100_000_000;

    private final IntSupplier columns;
    private int room;
    private long drawn;
    private boolean open;

    ProgressBar(PrintStream out, LongSupplier clock, IntSupplier columns) {
        super(out, clock);
        this.columns = columns;
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        super.onBegin(run);
        drawn = clock.getAsLong() - INTERVAL;
        // a line that fills the last column is wrapped by some terminals
        room = Math.max(1, columns.getAsInt() - 1);
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {
        long now = clock.getAsLong();
        if (now - drawn >= INTERVAL) {
            drawn = now;
            draw(epoch, step, loss);
        }
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        epochs.add(epoch);
        draw(epoch.number(), run.steps(), epoch.trainingLoss());
    }

    private void draw(int epoch, int step, double loss) {
        pace.set(epoch, step);
        // back to the start of the line, and clear what a longer line left there
        out.print('\r' + fitted(epoch, loss) + "\u001b[K");
        out.flush();
        open = true;
    }

    private String fitted(int epoch, double loss) {
        String where = Words.epoch(epoch, run);
        String lossText = "loss " + Words.loss(loss);
        String left = pace.getLeft() + " left";
        List<String> validation = Words.validation(epochs);
        List<List<String>> ends = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(where, lossText));
        all.addAll(validation);
        all.addAll(List.of(Words.rate(pace), left));
        ends.add(all);
        List<String> withoutRate = new ArrayList<>(List.of(where, lossText));
        withoutRate.addAll(validation);
        withoutRate.add(left);
        ends.add(withoutRate);
        ends.add(List.of(where, lossText, left));
        for (List<String> end : ends) {
            for (int width : new int[] {WIDTH, NARROW}) {
                String line = run.name() + " " + bar(width) + " " + String.join(GAP, end);
                if (line.length() <= room) {
                    return line;
                }
            }
        }
        String end = String.join(GAP, where, lossText, left);
        int forName =
                Math.max(Math.min(SHORTEST_NAME, run.name().length()), room - end.length() - 1);
        String name = run.name().substring(0, Math.min(forName, run.name().length()));
        String line = name + " " + end;
        return line.length() > room ? line.substring(0, room) : line;
    }

    private String bar(int width) {
        int filled = (int) (width * pace.getShare());
        return "[" + "=".repeat(filled) + " ".repeat(width - filled) + "]";
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
