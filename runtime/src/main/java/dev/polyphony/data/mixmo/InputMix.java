/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * How the members' inputs are mixed with other examples.
 *
 * @param members the number of members {@code M}
 * @param partners the other example of each input, {@code [rows, M]} in row-major order
 * @param masks how much of each place is the input's own, {@code [rows, M, shape...]} in row-major
 *     order, 0 to 1
 * @param shape the shape of a mask: spatial axes, or channels and spatial axes; empty where a mix
 *     is the same everywhere
 * @param shares how much an input's own label counts, {@code [rows, M]}; the rest is its partner's
 */
public record InputMix(int members, int[] partners, float[] masks, int[] shape, float[] shares) {

    /**
     * Mixes inputs.
     *
     * @param inputs the members' inputs {@code [rows, M, C, places...]}
     * @param others their partners, likewise
     * @return the mixed inputs, likewise, where the inputs are attached
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public NDArray apply(NDArray inputs, NDArray others) {
        Shape all = inputs.getShape();
        int rows = partners.length / members;
        if (!all.equals(others.getShape())
                || all.dimension() < 3
                || all.get(0) != rows
                || all.get(1) != members) {
            throw new IllegalArgumentException(
                    "Inputs and their partners must be [%d, %d, channels...], but are %s and %s"
                            .formatted(rows, members, all, others.getShape()));
        }
        NDManager manager = inputs.getManager();
        long[] each = new long[all.dimension()];
        Arrays.fill(each, 1);
        each[0] = rows;
        each[1] = members;
        for (int i = 0; i < shape.length; i++) {
            each[each.length - shape.length + i] = shape[i];
        }
        float[] rest = new float[masks.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = 1 - masks[i];
        }
        NDArray own = manager.create(masks, new Shape(each));
        NDArray foreign = manager.create(rest, new Shape(each));
        return inputs.mul(own).add(others.mul(foreign));
    }

    /**
     * Mixes labels.
     *
     * @param labels the classes of the inputs, {@code [rows, M]} in row-major order
     * @param others the classes of their partners, likewise
     * @param classes the number of classes {@code C}
     * @return the soft labels {@code [rows, M, C]} in row-major order, together 1 for each input
     * @throws IllegalArgumentException if a length does not fit or a label is no class
     */
    public float[] getTargets(int[] labels, int[] others, int classes) {
        if (labels.length != shares.length || others.length != shares.length) {
            throw new IllegalArgumentException(
                    "%d labels and %d of partners for %d inputs: give one for each"
                            .formatted(labels.length, others.length, shares.length));
        }
        Checks.requireCount("The number of classes", classes);
        float[] targets = new float[shares.length * classes];
        for (int i = 0; i < shares.length; i++) {
            targets[i * classes + requireClass(labels[i], classes)] += shares[i];
            targets[i * classes + requireClass(others[i], classes)] += 1 - shares[i];
        }
        return targets;
    }

    private static int requireClass(int label, int classes) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "Label %d is not one of the %d classes, 0 to %d"
                            .formatted(label, classes, classes - 1));
        }
        return label;
    }
}
