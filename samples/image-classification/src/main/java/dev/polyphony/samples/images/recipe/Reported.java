/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import java.util.Locale;

/**
 * What a source reports for a recipe.
 *
 * @param lowest the accuracy on the test data in percent, the lowest if there are several
 * @param highest the highest
 * @param source where it is reported; of a row without an accuracy, where its settings are from
 */
public record Reported(double lowest, double highest, String source) {

    /**
     * Takes an accuracy.
     *
     * @param accuracy the accuracy on the test data, in percent
     * @param source where it is reported
     * @return what is reported
     */
    public static Reported of(double accuracy, String source) {
        return new Reported(accuracy, accuracy, source);
    }

    /**
     * Settings without an accuracy that we know of.
     *
     * @param source where the settings are from
     * @return what is reported
     */
    public static Reported none(String source) {
        return new Reported(Double.NaN, Double.NaN, source);
    }

    /**
     * Returns whether there is an accuracy.
     *
     * @return whether one is reported
     */
    public boolean isKnown() {
        return !Double.isNaN(lowest);
    }

    /** Returns the accuracy in percent, or a dash. */
    @Override
    public String toString() {
        if (!isKnown()) {
            return "-";
        }
        String text = String.format(Locale.ROOT, "%.2f", lowest);
        return lowest == highest ? text : String.format(Locale.ROOT, "%s-%.2f", text, highest);
    }
}
