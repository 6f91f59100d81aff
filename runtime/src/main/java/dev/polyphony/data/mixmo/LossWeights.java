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
     * @param shares each member's share of the mix, at least 0, and not all 0
     * @param root the root {@code r}, above 0: 1 weighs members by their shares, a large one all
     *     alike
     * @return a weight for each member
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double[] of(double[] shares, double root) {
        Checks.require("The root of the loss weights", root, root > 0, "above 0, and finite");
        for (int m = 0; m < shares.length; m++) {
            if (!(shares[m] >= 0 && Double.isFinite(shares[m]))) {
                Checks.require(
                        "The share of member " + m, shares[m], false, "at least 0, and finite");
            }
        }
        double[] weights = new double[shares.length];
        // relative to the largest, whose power cannot underflow however small the root is
        double largest = shares.length == 0 ? 0 : Ratios.largest(shares);
        if (largest == 0) {
            throw new IllegalArgumentException(
                    "One share of the mix at least must be above 0, but they were "
                            + Arrays.toString(shares));
        }
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
