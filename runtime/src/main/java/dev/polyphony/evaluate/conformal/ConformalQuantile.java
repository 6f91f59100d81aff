/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** The quantile of scores that makes the next one no higher with a given probability. */
final class ConformalQuantile {

    private ConformalQuantile() {}

    /**
     * Returns which of so many sorted scores is the quantile: {@code ceil((n + 1) coverage)},
     * computed in decimals, as 0.55 of 100 is 55 and not a little more.
     *
     * @param size the number of scores {@code n}
     * @param coverage the probability
     * @return the rank, from 1; above {@code n} if there are too few scores
     */
    static int rank(int size, double coverage) {
        return BigDecimal.valueOf(coverage)
                .multiply(BigDecimal.valueOf(size + 1L))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    /**
     * Returns the quantile.
     *
     * @param scores the scores of examples whose answer is known
     * @param coverage the probability
     * @return the score of that rank; infinite if there are too few
     */
    static double of(double[] scores, double coverage) {
        int rank = rank(scores.length, coverage);
        if (rank > scores.length) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted[rank - 1];
    }

    /** How many scores it takes for a finite quantile. */
    static int least(double coverage) {
        int size = 1;
        while (rank(size, coverage) > size) {
            size++;
        }
        return size;
    }

    static void requireCoverage(double coverage) {
        // written so that NaN fails; beyond, no data would be enough to tell
        if (!(coverage > 0 && coverage <= 1 - 1e-6)) {
            throw new IllegalArgumentException(
                    "A coverage of %s: choose a probability above 0 and below 1, such as 0.9"
                            .formatted(coverage));
        }
    }
}
