/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Lets memory that arrays leave be used by the next ones.
 *
 * <p>The C library of Linux returns large arrays to the system when they are freed, and the first
 * touch of each page of the next one costs more than most operations on it. What counts as large it
 * learns from the largest that was freed, up to 32 MiB ({@code mallopt(3)}, M_MMAP_THRESHOLD).
 * Other libraries learn nothing.
 */
public final class FreedMemory {

    /** As much as counts, less what the library adds to it. */
    private static final Shape LARGE = new Shape(31L << 20);

    private FreedMemory() {}

    /**
     * Frees a large array on the CPU, of which no page was touched.
     *
     * @param manager a manager of the device that will be used
     */
    public static void keep(NDManager manager) {
        if (!manager.getDevice().isGpu()) {
            manager.create(LARGE, DataType.INT8).close();
        }
    }
}
