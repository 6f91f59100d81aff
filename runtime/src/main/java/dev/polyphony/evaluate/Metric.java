/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Locale;

/**
 * What a number means and how it is shown: the columns of tables and the charts are made from
 * these.
 *
 * @param key the name in files, such as {@code negativeLogLikelihood}
 * @param title the name for readers
 * @param unit the unit, empty for a plain number
 * @param better which way is better
 * @param digits decimals to show
 * @param meaning one sentence on what it says
 */
public record Metric(
        String key, String title, String unit, Better better, int digits, String meaning) {

    /** Which of two values is the better one. */
    public enum Better {
        /** The higher. */
        HIGHER,
        /** The lower. */
        LOWER,
        /** Neither: the number describes. */
        NEITHER
    }

    /**
     * Describes a plain number, without a unit, shown with four decimals.
     *
     * @param key the name in files
     * @param title the name for readers
     * @param better which way is better
     * @param meaning one sentence on what it says
     * @return the metric
     */
    public static Metric of(String key, String title, Better better, String meaning) {
        return new Metric(key, title, "", better, 4, meaning);
    }

    /**
     * Formats a value as tables show it, such as {@code 0.9712} or {@code 5,640}.
     *
     * @param value the value
     * @return the text, without the unit; a hyphen for NaN (no value)
     */
    public String format(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /**
     * Returns the title with the unit, if there is one.
     *
     * @return such as {@code Training time (s)}
     */
    public String getLabel() {
        return unit.isEmpty() ? title : title + " (" + unit + ")";
    }
}
