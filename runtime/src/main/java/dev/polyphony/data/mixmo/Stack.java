/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Random;

/** Ones on one side of a border, zeros on the other. */
final class Stack {

    private Stack() {}

    /** Draws on which side the ones are. */
    static double[] draw(int[] shape, int axis, double ratio, Random random) {
        return mask(shape, axis, ratio, random.nextBoolean());
    }

    /**
     * Makes a mask whose first {@code trunc(ratio * n)} places along an axis are ones; or, turned
     * round, the last {@code trunc((1 - ratio) * n)}.
     */
    static double[] mask(int[] shape, int axis, double ratio, boolean isTurned) {
        int border = (int) ((isTurned ? 1 - ratio : ratio) * shape[axis]);
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= shape[i];
        }
        double[] mask = new double[Pattern.size(shape)];
        for (int place = 0; place < mask.length; place++) {
            int at = place / inner % shape[axis];
            mask[place] = (isTurned ? shape[axis] - 1 - at : at) < border ? 1 : 0;
        }
        return mask;
    }
}
