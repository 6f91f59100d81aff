/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Collection;

/** The gradients of all parameters, between the backward pass and the update. */
final class Gradients {

    /** As PyTorch adds to the norm. */
    private static final float EPSILON = 1e-6f;

    private Gradients() {}

    /**
     * Scales the gradients down if their norm, over all of them together, exceeds a bound: by
     * {@code min(1, bound / (norm + 1e-6))}, as {@code clip_grad_norm_} does. DJL's own clipping
     * bounds single values, and from above only. Nothing is read back from the device.
     *
     * @param parameters the parameters
     * @param bound the largest norm
     * @param manager the manager for intermediate arrays
     */
    static void clip(Collection<Parameter> parameters, double bound, NDManager manager) {
        NDList gradients = new NDList();
        NDList squares = new NDList();
        for (Parameter parameter : parameters) {
            if (parameter.requiresGradient() && parameter.getArray().hasGradient()) {
                NDArray gradient = parameter.getArray().getGradient();
                gradient.attach(manager);
                gradients.add(gradient);
                squares.add(gradient.square().sum());
            }
        }
        if (gradients.isEmpty()) {
            return;
        }
        NDArray norm = NDArrays.stack(squares).sum().sqrt();
        // min(1, bound / (norm + eps)), with arrays alone
        NDArray limit = manager.create((float) bound);
        NDArray factor = limit.div(norm.add(manager.create(EPSILON)).maximum(limit));
        gradients.forEach(gradient -> gradient.muli(factor));
    }
}
