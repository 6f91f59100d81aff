/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.io.PrintStream;
import java.util.Locale;

/** Plain lines for logs: the first epoch, the last, and those at each quarter of the way. */
final class ProgressLines implements Progress {

    private static final int PARTS = 4;

    /** The least loss that is shown in powers of ten. */
    private static final double LARGE = 1e6;

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
    public void onResume(Resumed resumed) {
        out.println(name + "  " + resumed);
    }

    /** {@inheritDoc} */
    @Override
    public void onStep(int epoch, int step, double loss) {
        // lines of whole epochs are enough
    }

    /** {@inheritDoc} */
    @Override
    public void onEpoch(History.Epoch epoch) {
        int number = epoch.number();
        boolean quarter = number * PARTS / epochs > (number - 1) * PARTS / epochs;
        if (number > 1 && !quarter) {
            return;
        }
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s  epoch %d/%d  loss %s%s  %.1f s",
                        name,
                        number,
                        epochs,
                        loss(epoch.trainingLoss()),
                        validation(epoch),
                        epoch.seconds()));
    }

    /** A loss with four digits behind the point; where that says nothing, in powers of ten. */
    static String loss(double loss) {
        return String.format(Locale.ROOT, Math.abs(loss) < LARGE ? "%.4f" : "%.4e", loss);
    }

    /** The validation of an epoch in words; nothing if there was none. */
    static String validation(History.Epoch epoch) {
        if (epoch == null || Double.isNaN(epoch.validationLoss())) {
            return "";
        }
        // numbers that are predicted have an error, and no accuracy
        return Double.isNaN(epoch.validationAccuracy())
                ? "  validation loss " + loss(epoch.validationLoss())
                : String.format(
                        Locale.ROOT, "  validation accuracy %.4f", epoch.validationAccuracy());
    }

    /** {@inheritDoc} */
    @Override
    public void onEnd() {
        // nothing is left open
    }
}
