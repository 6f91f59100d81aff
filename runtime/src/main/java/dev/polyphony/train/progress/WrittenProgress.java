/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What is written of a training: the run, its pace, and the epochs that are over. */
abstract class WrittenProgress implements Progress {

    static final String GAP = "  ";

    final PrintStream out;
    final LongSupplier clock;
    final List<History.Epoch> epochs = new ArrayList<>();
    Run run;
    Pace pace;
    private Resumed resumed;

    WrittenProgress(PrintStream out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    /** {@inheritDoc} */
    @Override
    public final void onResume(Resumed resumed) {
        this.resumed = resumed;
    }

    /** {@inheritDoc} */
    @Override
    public final void onNote(String name, String note) {
        print(List.of(name, note));
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(Run run) {
        this.run = run;
        pace = new Pace(run, clock);
        epochs.clear();
        epochs.addAll(run.done());
        if (resumed != null) {
            print(List.of(run.name(), resumed.toString()));
            resumed = null;
        }
    }

    /** Writes a line. */
    void print(List<String> words) {
        out.println(String.join(GAP, words));
    }
}
