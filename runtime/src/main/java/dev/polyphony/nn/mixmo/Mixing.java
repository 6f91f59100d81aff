/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mixmo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Rows;
import java.util.Arrays;

/**
 * Mixes the features of the members' encoders.
 *
 * @see <a href="https://arxiv.org/abs/2103.06132">MixMo, equations 2 and 3</a>
 */
final class Mixing {

    /** The mode of the engine's resize: nearest neighbour. */
    private static final int NEAREST = 0;

    private Mixing() {}

    /**
     * Adds the members' features, {@code M * sum(mask * features)} in training. The factor makes
     * the features of an even mix those of prediction, {@code sum(features)}; without ratios the
     * mix is even in training too.
     *
     * @param features the encoders' features {@code [B, M, ...]}
     * @param axis the channel axis of one member's features {@code [B, ...]}
     * @param rows gives the mixing ratios
     * @return the mixed features {@code [B, ...]}
     */
    static NDArray mix(NDArray features, int axis, Rows rows) {
        NDArray mixing = rows.getMixing();
        if (mixing == null) {
            return features.sum(new int[] {1});
        }
        // no gradient flows into the mask, so a number may scale it
        NDArray mask = mixing.mul(features.getShape().get(1));
        return features.mul(fit(mask, features.getShape(), axis)).sum(new int[] {1});
    }

    /** Shapes a mask {@code [B, M]} or {@code [B, M, spatial...]} to broadcast over features. */
    private static NDArray fit(NDArray mask, Shape features, int axis) {
        Shape given = mask.getShape();
        if (given.dimension() == 2) {
            long[] dims = new long[features.dimension()];
            Arrays.fill(dims, 1);
            dims[0] = given.get(0);
            dims[1] = given.get(1);
            return mask.reshape(dims);
        }
        Shape spatial = features.slice(axis + 2);
        NDArray resized =
                given.slice(2).equals(spatial)
                        ? mask
                        : mask.getNDArrayInternal()
                                .interpolation(spatial.getShape(), NEAREST, false);
        return resized.reshape(new Shape(given.get(0), given.get(1), 1).addAll(spatial));
    }
}
