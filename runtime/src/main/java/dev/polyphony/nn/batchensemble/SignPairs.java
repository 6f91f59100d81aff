/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.batchensemble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/**
 * Random signs for both vectors of each member, such that no two members of a layer have the same
 * weights as long as there is room for that. Rows that differ are not enough where a vector is
 * short, or where groups pair each output with a few inputs only: signs that flip in both vectors
 * of a group leave its weights as they are, and training keeps it so.
 */
final class SignPairs {

    private final Parameter outputs;
    private final int groups;
    private float[][] signsOfOutputs;

    private SignPairs(Parameter outputs, int groups) {
        this.outputs = outputs;
        this.groups = groups;
    }

    /**
     * Sets the initialisers of two parameters, of which the first is initialised first.
     *
     * @param inputs the vectors over the inputs {@code [M, in]}
     * @param outputs the vectors over the outputs {@code [M, out]}
     * @param groups the groups of the layer
     */
    static void set(Parameter inputs, Parameter outputs, int groups) {
        SignPairs pairs = new SignPairs(outputs, groups);
        inputs.setInitializer(pairs::drawInputs);
        outputs.setInitializer(pairs::drawOutputs);
    }

    /**
     * Returns how many members can have weights of their own: {@code 2^(in + out - groups)}, as
     * signs that flip in both vectors of a group leave its weights as they are.
     *
     * @param inputs the shape of the vectors over the inputs {@code [M, in]}
     * @param outputs that of the vectors over the outputs {@code [M, out]}
     * @param groups the groups of the layer
     * @return the number, 2^62 where it is more
     */
    static long room(Shape inputs, Shape outputs, int groups) {
        return 1L << Math.min(62, inputs.get(1) + outputs.get(1) - groups);
    }

    private NDArray drawInputs(NDManager manager, Shape shape, DataType dataType) {
        float[][] r = DistinctSigns.draw(shape);
        float[][] s = DistinctSigns.draw(outputs.getShape());
        long room = room(shape, outputs.getShape(), groups);
        for (int row = 1; row < r.length; row++) {
            while (row < room && isTaken(r, s, row)) {
                DistinctSigns.fill(r[row]);
                DistinctSigns.fill(s[row]);
            }
        }
        signsOfOutputs = s;
        return DistinctSigns.toArray(r, manager, shape, dataType);
    }

    private NDArray drawOutputs(NDManager manager, Shape shape, DataType dataType) {
        if (signsOfOutputs == null) {
            // the other vectors were started by the user
            return new DistinctSigns().initialize(manager, shape, dataType);
        }
        return DistinctSigns.toArray(signsOfOutputs, manager, shape, dataType);
    }

    private boolean isTaken(float[][] r, float[][] s, int row) {
        for (int other = 0; other < row; other++) {
            boolean same = true;
            for (int g = 0; g < groups && same; g++) {
                float flip = turn(r[row], r[other], g);
                same = flip != 0 && flip == turn(s[row], s[other], g);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** Returns 1 if two vectors are equal in a group, -1 if opposite, else 0. */
    private float turn(float[] a, float[] b, int group) {
        int size = a.length / groups;
        float turn = a[group * size] * b[group * size];
        for (int i = group * size + 1; i < (group + 1) * size; i++) {
            if (a[i] * b[i] != turn) {
                return 0;
            }
        }
        return turn;
    }
}
