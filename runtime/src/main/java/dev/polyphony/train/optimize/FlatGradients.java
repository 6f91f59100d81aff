/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of several arrays side by side in memory, so that one call reads all of them, and
 * one makes all of them zero.
 *
 * <p>The engine keeps the first gradient that it computes for an array as it is, and adds later
 * ones to it in place. The first gradients of arrays that are concatenated are parts of that of the
 * whole, which here is also the gradient of an array of its own. Whether they share their memory is
 * tried, at first and whenever it is asked for.
 */
final class FlatGradients {

    private final List<NDArray> parts = new ArrayList<>();
    private final NDArray all;

    private FlatGradients(NDList arrays, NDArray all) {
        this.all = all;
        for (NDArray array : arrays) {
            try (NDArray gradient = array.getGradient()) {
                NDArray values = Flat.values(gradient);
                values.attach(all.getManager());
                parts.add(values);
            }
        }
    }

    /**
     * Makes gradients, which are zero.
     *
     * @param arrays arrays that want gradients and have none yet
     * @param manager owns what is kept
     * @return the gradients; {@link #areShared} tells whether they lie side by side
     */
    static FlatGradients of(NDList arrays, NDManager manager) {
        long size = arrays.stream().mapToLong(NDArray::size).sum();
        try (NDManager scope = manager.newSubManager()) {
            NDArray own = scope.zeros(new Shape(size));
            own.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                // what is computed first is differentiated last: once the parts are theirs alone
                NDArray late = own.reshape(size, 1).reshape(size);
                NDList flat = new NDList();
                for (NDArray array : arrays) {
                    NDArray values = array.reshape(-1);
                    values.attach(scope);
                    flat.add(values);
                }
                NDArray both = NDArrays.concat(flat).add(late);
                collector.backward(both.sub(both).sum());
            }
            try (NDArray gradient = own.getGradient()) {
                NDArray all = Flat.values(gradient);
                all.attach(manager);
                return new FlatGradients(arrays, all);
            }
        }
    }

    /** All gradients one after the other, in their own memory. */
    NDArray getAll() {
        return all;
    }

    /** The gradient of each array, in its own memory. */
    List<NDArray> getParts() {
        return parts;
    }

    /**
     * Returns whether gradients that are zero, as after an update, still lie side by side; waits
     * for the device.
     */
    boolean areShared(NDList arrays) {
        try (NDArray marks = all.getManager().arange(1f, all.size() + 1f);
                NDList gradients =
                        new NDList(
                                arrays.stream()
                                        .map(NDArray::getGradient)
                                        .toArray(NDArray[]::new))) {
            all.addi(marks);
            try (NDArray now = Flat.join(gradients)) {
                return now.contentEquals(marks);
            } finally {
                all.subi(all);
            }
        }
    }
}
