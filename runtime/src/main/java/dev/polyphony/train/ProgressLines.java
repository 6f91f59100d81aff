/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.io.PrintStream;
import java.util.Locale;

/** A plain line for each epoch, for logs. */
final class ProgressLines implements Progress {

    private final PrintStream out;
    private String name;
    private int epochs;

    ProgressLines(PrintStream out) {
        this.out = out;
    }

    /** {@inheritDoc} */
    @Override
    public void onBegin(String name, int epochs, int steps) {
        this.name = name;
        this.epochs = epochs;
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {
        // a line for each epoch is enough
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s  epoch %d/%d  loss %.4f%s  %.1f s",
                        name,
                        epoch.number(),
                        epochs,
                        epoch.trainingLoss(),
                        validation(epoch),
                        epoch.seconds()));
    }

    /** The validation of an epoch in words; nothing if there was none. */
    static String validation(History.Epoch epoch) {
        return epoch == null || Double.isNaN(epoch.validationAccuracy())
                ? ""
                : String.format(
                        Locale.ROOT, "  validation accuracy %.4f", epoch.validationAccuracy());
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {
        // nothing is left open
    }
}
