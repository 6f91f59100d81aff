/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What progress says of a training, in words. */
final class Words {

    /** The least loss that is shown in powers of ten. */
    private static final double LARGE = 1e6;

    private Words() {}

    /** A loss with four digits behind the point; where that says nothing, in powers of ten. */
    static String loss(double loss) {
        return String.format(Locale.ROOT, Math.abs(loss) < LARGE ? "%.4f" : "%.4e", loss);
    }

    static String epoch(int number, Progress.Run run) {
        return "epoch " + number + "/" + run.epochs();
    }

    static String step(int number, Progress.Run run) {
        return "step " + number + "/" + run.steps();
    }

    static String rate(Pace pace) {
        return String.format(Locale.ROOT, "%,.0f examples/s", pace.getRate());
    }

    /**
     * The validation of an epoch.
     *
     * @param epochs the epochs that are over
     * @return nothing if there was none
     */
    static List<String> validation(List<History.Epoch> epochs) {
        List<String> words = new ArrayList<>();
        if (epochs.isEmpty()) {
            return words;
        }
        History.Epoch last = epochs.get(epochs.size() - 1);
        if (!Double.isNaN(last.validationLoss())) {
            words.add("validation loss " + loss(last.validationLoss()));
        }
        if (!Double.isNaN(last.validationAccuracy())) {
            words.add(String.format(Locale.ROOT, "accuracy %.4f", last.validationAccuracy()));
        }
        if (!words.isEmpty()) {
            int best = History.getBestEpoch(epochs);
            words.add(best == last.number() ? "best" : "best in " + best);
        }
        return words;
    }
}
