/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import dev.polyphony.evaluate.SelectivePrediction;
import dev.polyphony.evaluate.compare.Interval;
import org.apache.commons.statistics.distribution.BetaDistribution;

/** What a share of some examples says of the share of all. */
final class Shares {

    private static final double LEVEL = 0.95;

    /** The quantile of the normal distribution that leaves 2.5 % above it. */
    private static final double QUANTILE = 1.959964;

    private Shares() {}

    /**
     * The 95 % interval of a share: within 0 and 1, also where the share is near one of them.
     *
     * @param share the share that was seen
     * @param examples the number of examples
     * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, Probable Inference, the
     *     Law of Succession, and Statistical Inference, 1927</a>
     */
    static Interval wilson(double share, int examples) {
        double square = QUANTILE * QUANTILE / examples;
        double middle = (share + square / 2) / (1 + square);
        double half =
                QUANTILE
                        * Math.sqrt(share * (1 - share) / examples + square / (4 * examples))
                        / (1 + square);
        // exact at the ends, where sums would be off by rounding
        return new Interval(
                share == 0 ? 0 : Math.max(0, middle - half),
                share == 1 ? 1 : Math.min(1, middle + half),
                LEVEL);
    }

    /**
     * The exact upper bound of an error rate, which the true one exceeds in one of 20 samples; with
     * no error about {@code 3 / answers}.
     *
     * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson, The Use of
     *     Confidence or Fiducial Limits, 1934</a>
     */
    static double upper(int errors, int answers) {
        return errors >= answers
                ? 1
                : BetaDistribution.of(errors + 1.0, answers - errors)
                        .inverseSurvivalProbability(1 - LEVEL);
    }

    /** The number of errors among the surest answers, ties of confidence at the worst. */
    static int getErrors(SelectivePrediction selection, int answered) {
        return errors(selection.getRisk(), answered);
    }

    private static int errors(double[] risk, int answered) {
        return (int) Math.ceil(risk[answered - 1] * answered - 1e-9);
    }

    /**
     * The most answers, the surest first, whose errors bound the error rate by a limit.
     *
     * @return their number; 0 if there are none
     */
    static int getAnswered(SelectivePrediction selection, double limit) {
        double[] risk = selection.getRisk();
        for (int k = risk.length; k > 0; k--) {
            if (risk[k - 1] <= limit && upper(errors(risk, k), k) <= limit) {
                return k;
            }
        }
        return 0;
    }
}
