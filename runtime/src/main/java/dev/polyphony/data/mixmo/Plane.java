/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Arrays;

/**
 * A mask over places, the mean over channels.
 *
 * @param values the values in row-major order
 * @param shape the spatial shape; of a mask that is the same everywhere, ones
 */
record Plane(double[] values, int[] shape) {

    /** The plane of a mask of nothing, of spatial axes, or of channels and spatial axes. */
    static Plane of(double[] mask, int[] shape, int axes) {
        if (shape.length == 0) {
            int[] ones = new int[axes];
            Arrays.fill(ones, 1);
            return new Plane(mask, ones);
        }
        int channels = shape.length > axes ? shape[0] : 1;
        double[] mean = new double[mask.length / channels];
        for (int i = 0; i < mask.length; i++) {
            mean[i % mean.length] += mask[i] / channels;
        }
        return new Plane(mean, Arrays.copyOfRange(shape, shape.length - axes, shape.length));
    }

    double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The mean with the values of another plane of the same shape, or of one place, as weights. */
    double meanBy(Plane weights) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < values.length; i++) {
            double weight = weights.values[i];
            sum += weight * values[i];
            all += weight;
        }
        return sum / all;
    }

    /** Each place of the new shape has the mean over what it covers of the old one. */
    Plane resize(int[] to) {
        Plane plane = this;
        for (int axis = 0; axis < to.length; axis++) {
            plane = plane.resize(axis, to[axis]);
        }
        return plane;
    }

    private Plane resize(int axis, int length) {
        int[] resized = shape.clone();
        resized[axis] = length;
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= shape[i];
        }
        double[] means = new double[Pattern.size(resized)];
        // an old place covers [i, i + 1), a new one [k * step, (k + 1) * step)
        double step = (double) shape[axis] / length;
        for (int at = 0; at < means.length; at++) {
            int k = at / inner % length;
            int outer = at / inner / length;
            double from = k * step;
            double to = Math.min(from + step, shape[axis]);
            for (int i = (int) from; i < to; i++) {
                double covered = Math.min(to, i + 1.0) - Math.max(from, i);
                means[at] +=
                        covered / step * values[(outer * shape[axis] + i) * inner + at % inner];
            }
        }
        return new Plane(means, resized);
    }
}
