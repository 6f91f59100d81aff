/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

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

    /** The first member inside a box; the others outside, interpolated by their ratios. */
    static Masks cut(double[] ratios, Box box) {
        double rest = 0;
        for (int m = 1; m < ratios.length; m++) {
            rest += ratios[m];
        }
        double[] outside = new double[ratios.length];
        for (int m = 1; m < ratios.length; m++) {
            outside[m] = rest > 0 ? ratios[m] / rest : 1.0 / (ratios.length - 1);
        }
        double[][] values = new double[ratios.length][box.places()];
        for (int place = 0; place < box.places(); place++) {
            boolean inside = box.contains(place);
            for (int m = 0; m < ratios.length; m++) {
                values[m][place] = !inside ? outside[m] : m == 0 ? 1 : 0;
            }
        }
        double share = box.share();
        double[] shares = new double[ratios.length];
        for (int m = 0; m < ratios.length; m++) {
            shares[m] = m == 0 ? share : (1 - share) * outside[m];
        }
        return new Masks(values, shares);
    }
}
