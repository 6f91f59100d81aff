/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import dev.polyphony.data.Seeds;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Adaptive sets.
 *
 * @param randomized whether a class counts a random share of its own probability, not all
 * @param seed of the shares
 * @param penalty what a rank beyond those that are free counts
 * @param freeRank the ranks that count nothing
 */
record AdaptiveMethod(boolean randomized, long seed, double penalty, int freeRank)
        implements ConformalMethod {

    AdaptiveMethod {
        // written so that NaN fails
        if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY) || freeRank < 0) {
            throw new IllegalArgumentException(
                    "A penalty of %s beyond rank %d: both must be finite and at least 0"
                            .formatted(penalty, freeRank));
        }
    }

    @Override
    public String getKey() {
        return (randomized ? "randomized-" : "") + (penalty > 0 ? "regularized" : "adaptive");
    }

    @Override
    public double[] scores(double[] probabilities, long example) {
        double share = randomized ? Seeds.random(seed, example).nextDouble() : 1;
        int[] order =
                IntStream.range(0, probabilities.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(c -> -probabilities[c]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] scores = new double[order.length];
        double above = 0;
        for (int rank = 1; rank <= order.length; rank++) {
            int label = order[rank - 1];
            scores[label] =
                    above + share * probabilities[label] + penalty * Math.max(0, rank - freeRank);
            above += probabilities[label];
        }
        return scores;
    }
}
