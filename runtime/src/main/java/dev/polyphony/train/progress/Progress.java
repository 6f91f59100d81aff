/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/** Is told how training comes along. */
public interface Progress {

    /**
     * A training, when it begins or goes on.
     *
     * @param name what is trained
     * @param epochs the number of epochs
     * @param steps the number of steps in an epoch
     * @param examples the examples that a member sees in an epoch
     * @param done the epochs that are over, if the training goes on
     * @param step the steps that are made in the epoch after them
     * @param learningRates the learning rate of the last update of an epoch, from 1
     */
    record Run(
            String name,
            int epochs,
            int steps,
            long examples,
            List<History.Epoch> done,
            int step,
            IntToDoubleFunction learningRates) {

        /** Copies the list. */
        public Run {
            Objects.requireNonNull(name, "name");
            done = List.copyOf(done);
        }
    }

    /**
     * Training begins, or goes on.
     *
     * @param run the training
     */
    void onBegin(Run run);

    /**
     * Training does not begin from nothing, but goes on from a checkpoint. Comes before {@link
     * #onBegin}.
     *
     * @param resumed where it goes on from
     */
    default void onResume(Resumed resumed) {}

    /**
     * Something was chosen for the user. Comes before {@link #onBegin}.
     *
     * @param name what is trained
     * @param note what was chosen, why, and how to choose otherwise
     */
    default void onNote(String name, String note) {}

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
     * Returns a bar where standard error is a terminal, else plain lines; on standard error, so
     * that standard output is left to results.
     *
     * @return the progress
     */
    static Progress automatic() {
        return Terminal.hasErrorStream() ? bar(System.err) : lines(System.err);
    }

    /**
     * Returns a bar that is redrawn in one line, as wide as the terminal.
     *
     * @param out the terminal
     * @return the progress
     */
    static Progress bar(PrintStream out) {
        return new ProgressBar(out, System::nanoTime, Terminal::getColumns);
    }

    /**
     * Returns plain lines for the first epoch, the last, those at each quarter of the way, and at
     * least one in half a minute.
     *
     * @param out where to print
     * @return the progress
     */
    static Progress lines(PrintStream out) {
        return new ProgressLines(out, System::nanoTime);
    }

    /**
     * Returns several that are told the same.
     *
     * @param all who is told, in order
     * @return the progress
     */
    static Progress all(Progress... all) {
        return new ProgressGroup(List.of(all));
    }

    /**
     * Returns silence.
     *
     * @return the progress
     */
    static Progress none() {
        return all();
    }
}
