/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import dev.polyphony.samples.benchmarks.memory.MemoryProcess;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a training of 20,000 steps has kept between step 5,000 and the end.
 *
 * @param method the method
 * @param steps the steps
 * @param heap MiB of the Java heap
 * @param process MiB of the process, without the heap
 */
record MemoryResult(String method, long steps, double heap, double process) {

    private static final double MIB = 1 << 20;

    static MemoryResult measure(String method, Path logs) throws IOException {
        try (Child child = Child.java(MemoryProcess.class, logs, method)) {
            String[] parts = child.read().split(" ");
            return new MemoryResult(
                    method,
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]) / MIB,
                    Long.parseLong(parts[2]) / MIB);
        }
    }
}
