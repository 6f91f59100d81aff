/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;

/** Arrays side by side in one of a single axis. */
final class Flat {

    private Flat() {}

    /** Copies all numbers into one array, which belongs to the manager of the first. */
    static NDArray join(NDList arrays) {
        try (NDList flat = new NDList()) {
            arrays.forEach(array -> flat.add(values(array)));
            return NDArrays.concat(flat);
        }
    }

    /** The numbers of an array one after the other, in its own memory. */
    static NDArray values(NDArray array) {
        try (NDArray detached = array.stopGradient()) {
            return detached.reshape(-1);
        }
    }

    /** Views of an array that was joined, in the shapes of the arrays that it was made of. */
    static List<NDArray> split(NDArray joined, NDList arrays) {
        List<NDArray> parts = new ArrayList<>();
        long at = 0;
        for (NDArray array : arrays) {
            long size = array.size();
            try (NDArray part = joined.get(new NDIndex("{}:{}", at, at + size));
                    NDArray shaped = part.reshape(array.getShape())) {
                // no view to the engine, which would look for the graph of what it is a view of
                parts.add(shaped.stopGradient());
            }
            at += size;
        }
        return parts;
    }
}
