/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import ai.djl.ndarray.types.DataType;

/**
 * Turns values of cells into features, as training read them.
 *
 * @param scale what numbers are multiplied with
 * @param isId whether features are ids, whole numbers from 0
 */
record Cells(double scale, boolean isId) {

    /** The whole numbers above this that a float has are not all there are. */
    private static final float LARGEST_ID = 1 << 24;

    static Cells of(double scale, DataType type) {
        return new Cells(scale, type == DataType.INT64);
    }

    /** The feature; NaN if there is none, which {@link #describe} explains. */
    float read(Object value) {
        double number;
        if (value instanceof Number given) {
            number = given.doubleValue();
        } else if (value instanceof String text) {
            try {
                number = Double.parseDouble(text.trim());
            } catch (NumberFormatException e) {
                return Float.NaN;
            }
        } else {
            return Float.NaN;
        }
        float feature = (float) (number * scale);
        if (!Float.isFinite(feature) || isId && !isId(feature)) {
            return Float.NaN;
        }
        return feature;
    }

    private static boolean isId(float feature) {
        return feature == (long) feature && feature >= 0 && feature <= LARGEST_ID;
    }

    /** Why a value is no feature. */
    String describe(Object value, String place) {
        if (value == null) {
            return place + " is null";
        }
        double number;
        try {
            number = Double.parseDouble(value.toString().trim());
        } catch (NumberFormatException e) {
            return "%s is no number: '%s'".formatted(place, value);
        }
        return Float.isFinite((float) (number * scale))
                ? "%s is no id, a whole number from 0: %s".formatted(place, value)
                : "%s is %s".formatted(place, value);
    }
}
