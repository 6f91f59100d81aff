/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mixmo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Rows;
import dev.polyphony.nn.form.Scalars;
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
        NDArray mask = Scalars.mul(mixing, features.getShape().get(1));
        return features.mul(fit(mask, features.getShape(), axis)).sum(new int[] {1});
    }

    /**
     * Adds up parameters that are stacked: what an even mix of the members' encoders does.
     *
     * @param stacked the parameter {@code [M*c, ...]}
     * @param members the number of members
     * @return the sum {@code [c, ...]}
     */
    static NDArray sum(NDArray stacked, int members) {
        Shape shape = stacked.getShape();
        Shape apart = new Shape(members, shape.get(0) / members).addAll(shape.slice(1));
        return stacked.reshape(apart).sum(new int[] {0});
    }

    /**
     * Shapes a mask {@code [B, M]}, {@code [B, M, spatial...]} or {@code [B, M, C, spatial...]} to
     * broadcast over features.
     */
    private static NDArray fit(NDArray mask, Shape features, int axis) {
        Shape given = mask.getShape();
        Shape spatial = features.slice(axis + 2);
        if (given.dimension() == 2 + spatial.dimension() && spatial.dimension() > 0) {
            NDArray resized = resize(mask, given.slice(2), spatial);
            return resized.reshape(new Shape(given.get(0), given.get(1), 1).addAll(spatial));
        }
        if (given.dimension() == 2) {
            return mask.reshape(ones(features, given));
        }
        long channels = given.get(2);
        Shape places = given.slice(3);
        NDArray resized = mask;
        if (places.size() > 1) {
            NDArray rows = mask.reshape(new Shape(-1, channels).addAll(places));
            resized = resize(rows, places, spatial);
        }
        long[] dims = ones(features, given);
        dims[axis + 1] = channels;
        if (places.size() > 1) {
            System.arraycopy(spatial.getShape(), 0, dims, axis + 2, spatial.dimension());
        }
        return resized.reshape(dims);
    }

    private static long[] ones(Shape features, Shape mask) {
        long[] dims = new long[features.dimension()];
        Arrays.fill(dims, 1);
        dims[0] = mask.get(0);
        dims[1] = mask.get(1);
        return dims;
    }

    /** Fits a mask to features of another size than those that the masks were made for. */
    private static NDArray resize(NDArray mask, Shape given, Shape wanted) {
        return given.equals(wanted)
                ? mask
                : mask.getNDArrayInternal().interpolation(wanted.getShape(), NEAREST, false);
    }
}
