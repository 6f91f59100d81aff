/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.jna.NativeLibrary;

/**
 * Lets memory that arrays leave be used by the next ones.
 *
 * <p>The C library of Linux returns large arrays to the system when they are freed, and the first
 * touch of each page of the next one costs more than most operations on it: a training step of a
 * ResNet-18 takes twice as long. So it is told to keep what is freed ({@code mallopt(3)}); the
 * process then stays as large as it once was. What the environment variables {@code
 * MALLOC_MMAP_MAX_} and {@code MALLOC_TRIM_THRESHOLD_} set stays as it is, and other libraries are
 * left alone.
 */
public final class FreedMemory {

    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_MAX = -4;

    /** What the C library keeps at most at the end of its heap: all of it. */
    private static final int ALL = Integer.MAX_VALUE;

    /** As much as a library that has no such switch learns to keep from one that was freed. */
    private static final Shape LARGE = new Shape(31L << 20);

    private FreedMemory() {}

    /**
     * Has memory kept, from here on and for the whole process; on a GPU there is nothing to do.
     *
     * @param manager a manager of the device that will be used
     */
    public static void keep(NDManager manager) {
        if (manager.getDevice().isGpu()) {
            return;
        }
        boolean isSet =
                set("MALLOC_MMAP_MAX_", M_MMAP_MAX, 0)
                        && set("MALLOC_TRIM_THRESHOLD_", M_TRIM_THRESHOLD, ALL);
        if (!isSet) {
            // of which no page is touched
            manager.create(LARGE, DataType.INT8).close();
        }
    }

    private static boolean set(String variable, int parameter, int value) {
        if (System.getenv(variable) != null) {
            return true;
        }
        try {
            Object[] arguments = {parameter, value};
            return NativeLibrary.getProcess().getFunction("mallopt").invokeInt(arguments) == 1;
        } catch (LinkageError e) {
            return false;
        }
    }
}
