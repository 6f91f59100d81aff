/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows of a batch are computed together, and where. The loss of the batch is the mean over
 * its rows, so a part counts by its share of them.
 *
 * @param from the first row
 * @param to the row after the last
 * @param rows the rows of the whole batch
 * @param device where the part is computed
 */
record Part(int from, int to, int rows, Device device) {

    /** Batch normalisation has no statistics of one row. */
    private static final int LEAST = 2;

    /**
     * Divides a batch as evenly as it goes, into parts of at least two rows: so many for each
     * device, and the devices take turns.
     */
    static List<Part> of(int rows, int partsPerDevice, Device... devices) {
        int wanted = partsPerDevice * devices.length;
        int count = Math.max(1, Math.min(wanted, rows / LEAST));
        List<Part> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) rows * i / count);
            int to = (int) ((long) rows * (i + 1) / count);
            parts.add(new Part(from, to, rows, devices[i % devices.length]));
        }
        return parts;
    }

    /** What the part counts in the loss of the batch. */
    double share() {
        return (double) (to - from) / rows;
    }

    /** The rows of arrays, on the part's device. */
    NDList of(NDList arrays, NDManager manager) {
        NDList part = new NDList(arrays.size());
        for (NDArray array : arrays) {
            NDArray sliced = array.get(manager, new NDIndex("{}:{}", from, to));
            NDArray there = sliced.toDevice(device, false);
            there.attach(manager);
            part.add(there);
        }
        return part;
    }
}
