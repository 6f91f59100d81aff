/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Arrays;

/**
 * The part of an example in an input that it is mixed to.
 *
 * @param mask how much of each place is the example's, the rest its partner's
 * @param share how much the example's label counts, the rest its partner's
 */
record Part(double[] mask, double share) {

    /** All of the input. */
    static Part whole(int places) {
        double[] ones = new double[places];
        Arrays.fill(ones, 1);
        return new Part(ones, 1);
    }

    /** As much as the mask gives. */
    static Part of(double[] mask) {
        return new Part(mask, Arrays.stream(mask).average().orElseThrow());
    }

    /**
     * What is seen through the mask of the features, at least half of it.
     *
     * @param mask the mask of the inputs
     * @param shape its shape: nothing, the spatial axes, or channels and spatial axes
     * @param axes the number of spatial axes
     * @param mix the masks of the features
     * @param at which of them
     */
    static Part shown(double[] mask, int[] shape, int axes, Mix mix, int at) {
        Plane inputs = Plane.of(mask, shape, axes);
        int size = Pattern.size(mix.shape());
        double[] own = new double[size];
        Arrays.setAll(own, place -> mix.masks()[at * size + place]);
        Plane features = Plane.of(own, mix.shape(), axes);
        // an example that is not seen at all has no loss; any share will do
        double share =
                features.mean() > 0
                        ? inputs.resize(features.shape()).meanBy(features)
                        : inputs.mean();
        return share < 0.5 ? new Part(rest(mask), 1 - share) : new Part(mask, share);
    }

    private static double[] rest(double[] mask) {
        return Arrays.stream(mask).map(value -> 1 - value).toArray();
    }
}
