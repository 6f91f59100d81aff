/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** The gradients of all parameters, between the backward pass and the update. */
final class Gradients {

    /** As PyTorch adds to the norm. */
    private static final float EPSILON = 1e-6f;

    private Gradients() {}

    /**
     * Scales gradients down if their norm, over all of them together, exceeds a bound: by {@code
     * min(1, bound / (norm + 1e-6))}, as {@code clip_grad_norm_} does. DJL's own clipping bounds
     * single values, and from above only. Nothing is read back from the device.
     *
     * @param gradients the gradients
     * @param bound the largest norm
     * @param manager the manager for intermediate arrays
     */
    static void clip(NDList gradients, double bound, NDManager manager) {
        if (gradients.isEmpty()) {
            return;
        }
        // min(1, bound / (norm + eps)), with arrays alone
        NDArray limit = manager.create((float) bound);
        NDArray norm = norm(gradients, manager);
        NDArray factor = limit.div(norm.add(manager.create(EPSILON)).maximum(limit));
        gradients.forEach(gradient -> gradient.muli(factor));
    }

    /** The norm of all gradients together, a scalar that the manager owns. */
    static NDArray norm(NDList gradients, NDManager manager) {
        NDList squares = new NDList();
        for (NDArray gradient : gradients) {
            NDArray square = gradient.square().sum();
            square.attach(manager);
            squares.add(square);
        }
        return NDArrays.stack(squares).sum().sqrt();
    }
}
