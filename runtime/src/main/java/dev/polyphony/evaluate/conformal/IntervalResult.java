/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

/**
 * How good intervals are on a test set.
 *
 * @param method {@code absolute} for those of the same width, {@code normalized} for those that are
 *     proportional to the spread of the members
 * @param target the coverage that was asked for
 * @param quantile how wide they are to either side, in units of the spread if normalised; infinite
 *     if there were too few validation examples
 * @param examples the number of examples
 * @param coverage the share of intervals that hold the right number; it should be close to the
 *     target
 * @param meanWidth the mean width; at the same coverage lower is better
 */
public record IntervalResult(
        String method,
        double target,
        double quantile,
        int examples,
        double coverage,
        double meanWidth) {}
