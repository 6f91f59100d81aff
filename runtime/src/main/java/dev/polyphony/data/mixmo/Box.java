/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import java.util.Random;

/**
 * The box of a CutMix mask, with any number of spatial axes: ones inside, zeros outside.
 *
 * <p>Of an axis of length {@code n} it takes {@code trunc(n * ratio^(1/d))}, half on each side of
 * the centre and clipped to the axis. Odd lengths lose one, and clipping more, so the share that is
 * really covered is at most the ratio; losses are weighted by the real share.
 *
 * @param size the spatial shape
 * @param start the first place inside, for each axis
 * @param end the place after the last inside, for each axis
 */
record Box(int[] size, int[] start, int[] end) {

    /** Draws the centre; every place is as likely. */
    static Box draw(int[] size, double ratio, Random random) {
        int[] center = new int[size.length];
        for (int axis = 0; axis < size.length; axis++) {
            center[axis] = random.nextInt(size[axis]);
        }
        return around(size, center, ratio);
    }

    static Box around(int[] size, int[] center, double ratio) {
        int[] start = new int[size.length];
        int[] end = new int[size.length];
        double side = size.length == 2 ? Math.sqrt(ratio) : Math.pow(ratio, 1.0 / size.length);
        for (int axis = 0; axis < size.length; axis++) {
            int half = (int) (size[axis] * side) / 2;
            start[axis] = Math.max(center[axis] - half, 0);
            end[axis] = Math.min(center[axis] + half, size[axis]);
        }
        return new Box(size, start, end);
    }

    /** The number of places. */
    int places() {
        int places = 1;
        for (int length : size) {
            places *= length;
        }
        return places;
    }

    /** Ones inside, zeros outside, in row-major order. */
    double[] toMask() {
        double[] mask = new double[places()];
        for (int place = 0; place < mask.length; place++) {
            mask[place] = contains(place) ? 1 : 0;
        }
        return mask;
    }

    /** The share of places inside. */
    double share() {
        double share = 1;
        for (int axis = 0; axis < size.length; axis++) {
            share *= (end[axis] - start[axis]) / (double) size[axis];
        }
        return share;
    }

    /** Whether a place, counted in row-major order, is inside. */
    boolean contains(int place) {
        int rest = place;
        for (int axis = size.length - 1; axis >= 0; axis--) {
            int at = rest % size[axis];
            if (at < start[axis] || at >= end[axis]) {
                return false;
            }
            rest /= size[axis];
        }
        return true;
    }
}
