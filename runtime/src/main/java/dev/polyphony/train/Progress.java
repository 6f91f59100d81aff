/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.io.PrintStream;

/** Is told how training comes along. */
public interface Progress {

    /**
     * Training begins.
     *
     * @param name what is trained
     * @param epochs the number of epochs
     * @param steps the number of steps in an epoch
     */
    void onBegin(String name, int epochs, int steps);

    /**
     * Training does not begin from nothing, but goes on from a checkpoint. Follows {@link
     * #onBegin}.
     *
     * @param resumed where it goes on from
     */
    default void onResume(Resumed resumed) {}

    /**
     * Some steps have been made.
     *
     * @param epoch the epoch, from 1
     * @param step the steps made in this epoch
     * @param loss the mean loss of this epoch so far
     */
    void onStep(int epoch, int step, double loss);

    /**
     * An epoch is over.
     *
     * @param epoch what it came to
     */
    void onEpoch(History.Epoch epoch);

    /** Training is over, or has failed. */
    void onEnd();

    /**
     * Returns a bar where standard output is a terminal, else some plain lines.
     *
     * @return the progress
     */
    static Progress automatic() {
        String terminal = System.getenv("TERM");
        boolean interactive =
                System.console() != null && terminal != null && !"dumb".equals(terminal);
        return interactive ? bar(System.out) : lines(System.out);
    }

    /**
     * Returns a bar that is redrawn in one line.
     *
     * @param out the terminal
     * @return the progress
     */
    static Progress bar(PrintStream out) {
        return new ProgressBar(out, System::nanoTime);
    }

    /**
     * Returns plain lines for the first epoch, the last, and those at each quarter of the way.
     *
     * @param out where to print
     * @return the progress
     */
    static Progress lines(PrintStream out) {
        return new ProgressLines(out);
    }

    /**
     * Returns silence.
     *
     * @return the progress
     */
    static Progress none() {
        return new Progress() {

            @Override
            public void onBegin(String name, int epochs, int steps) {}

            @Override
            public void onStep(int epoch, int step, double loss) {}

            @Override
            public void onEpoch(History.Epoch epoch) {}

            @Override
            public void onEnd() {}
        };
    }
}
