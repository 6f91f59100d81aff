/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Stand-ins for features: numbers of which no usual operation makes NaN. */
public final class Ramp {

    private static final float LEAST = 0.5f;
    private static final float MOST = 1.5f;

    private Ramp() {}

    /**
     * Creates positive numbers that are all different.
     *
     * @param manager the manager of the array
     * @param shape its shape
     * @return numbers from 0.5 to 1.5, in rising order
     */
    public static NDArray of(NDManager manager, Shape shape) {
        return manager.linspace(LEAST, MOST, Math.toIntExact(shape.size())).reshape(shape);
    }
}
