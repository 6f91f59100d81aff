/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.util.Objects;

/**
 * Points that a chart connects.
 *
 * @param name what they show, in a few words
 * @param color the number of its colour, from 0: curves of one colour belong together
 * @param isDashed whether the line is dashed
 * @param x the places, rising
 * @param y the values; those that are NaN or infinite are left out
 */
public record Curve(String name, int color, boolean isDashed, double[] x, double[] y) {

    /** Copies the arrays, which must be of one length. */
    public Curve {
        Objects.requireNonNull(name, "name");
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "The curve '%s' has %d places, but %d values"
                            .formatted(name, x.length, y.length));
        }
        x = x.clone();
        y = y.clone();
    }

    @Override
    public double[] x() {
        return x.clone();
    }

    @Override
    public double[] y() {
        return y.clone();
    }
}
