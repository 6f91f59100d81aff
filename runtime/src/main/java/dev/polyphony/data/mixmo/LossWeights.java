/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Arrays;

/**
 * The weight of each member's loss, by its share {@code kappa} of the mix: {@code M * kappa^(1/r) /
 * sum(kappa^(1/r))}, together {@code M}.
 *
 * @see <a href="https://arxiv.org/abs/2103.06132">MixMo, equation 4</a>
 */
public final class LossWeights {

    private LossWeights() {}

    /**
     * Returns the weights.
     *
     * @param shares each member's share of the mix
     * @param root the root {@code r}: 1 weighs members by their shares, a large one all alike
     * @return a weight for each member
     */
    public static double[] of(double[] shares, double root) {
        double[] weights = new double[shares.length];
        // relative to the largest, whose power cannot underflow however small the root is
        double largest = Arrays.stream(shares).max().orElseThrow();
        double sum = 0;
        for (int m = 0; m < shares.length; m++) {
            weights[m] = Math.pow(shares[m] / largest, 1 / root);
            sum += weights[m];
        }
        for (int m = 0; m < shares.length; m++) {
            weights[m] *= shares.length / sum;
        }
        return weights;
    }
}
