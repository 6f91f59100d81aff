/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Arrays;

/**
 * The masks of one example: how much of each member's features goes into the mix, place by place,
 * together 1.
 *
 * @param values the masks, {@code [M][places]}; one place where the mix is the same everywhere
 * @param shares the mean of each mask, what losses are weighted by
 */
record Masks(double[][] values, double[] shares) {

    /** Interpolation: the ratio everywhere. */
    static Masks linear(double[] ratios) {
        double[][] values = new double[ratios.length][1];
        for (int m = 0; m < ratios.length; m++) {
            values[m][0] = ratios[m];
        }
        return new Masks(values, ratios.clone());
    }

    /** The first member by its mask; the others in what it leaves, by their ratios. */
    static Masks of(double[] ratios, double[] first) {
        double rest = 0;
        for (int m = 1; m < ratios.length; m++) {
            rest += ratios[m];
        }
        double share = Arrays.stream(first).average().orElseThrow();
        double[][] values = new double[ratios.length][];
        double[] shares = new double[ratios.length];
        values[0] = first;
        shares[0] = share;
        for (int m = 1; m < ratios.length; m++) {
            double part = rest > 0 ? ratios[m] / rest : 1.0 / (ratios.length - 1);
            values[m] = new double[first.length];
            for (int place = 0; place < first.length; place++) {
                values[m][place] = (1 - first[place]) * part;
            }
            shares[m] = (1 - share) * part;
        }
        return new Masks(values, shares);
    }
}
