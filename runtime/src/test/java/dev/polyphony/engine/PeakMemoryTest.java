/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {

    private static final double MEBIBYTE = 1 << 20;
    private static final Shape FORTY_MEBIBYTES = new Shape(10 << 20);

    @Test
    void seesWhatWasHeldForAMoment() throws InterruptedException {
        assumeTrue(NativeMemory.getHeld().isPresent(), "the C library does not say what it holds");
        try (NDManager manager = NDManager.newBaseManager();
                NDArray before = manager.ones(FORTY_MEBIBYTES);
                PeakMemory memory = PeakMemory.watch()) {
            for (int i = 0; i < 3; i++) {
                try (NDArray one = before.duplicate();
                        NDArray two = one.duplicate()) {
                    Thread.sleep(50);
                    assertEquals(one, two);
                }
            }
            // two at a time, of six; to compare them takes some more
            double peak = memory.stop().orElseThrow() / MEBIBYTE;
            assertTrue(peak >= 80 && peak < 160, "" + peak);
        }
    }

    @Test
    void whatWasFreedInTheMeantimeHidesNothing() throws InterruptedException {
        assumeTrue(NativeMemory.getHeld().isPresent(), "the C library does not say what it holds");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray old = manager.ones(new Shape(30 << 20));
            try (PeakMemory memory = PeakMemory.watch()) {
                old.close();
                // longer than a stretch, so that the first one is not the median
                for (int i = 0; i < 30; i++) {
                    try (NDArray one = manager.ones(FORTY_MEBIBYTES)) {
                        Thread.sleep(50);
                        assertEquals(10 << 20, one.size());
                    }
                    Thread.sleep(10);
                }
                double peak = memory.stop().orElseThrow() / MEBIBYTE;
                assertTrue(peak >= 39 && peak < 60, "" + peak);
            }
        }
    }

    @Test
    void buffersOfJavaDoNotCount() {
        assumeTrue(NativeMemory.getHeld().isPresent(), "the C library does not say what it holds");
        long before = NativeMemory.getHeld().orElseThrow();
        ByteBuffer buffer = ByteBuffer.allocateDirect(40 << 20);
        assertEquals(0, (NativeMemory.getHeld().orElseThrow() - before) / MEBIBYTE, 5);
        assertEquals(40 << 20, buffer.capacity());
    }

    @Test
    void fallsWhenArraysAreFreed() {
        assumeTrue(NativeMemory.getHeld().isPresent(), "the C library does not say what it holds");
        try (NDManager manager = NDManager.newBaseManager()) {
            manager.ones(new Shape(1)).close();
            long before = NativeMemory.getHeld().orElseThrow();
            NDArray array = manager.ones(FORTY_MEBIBYTES);
            long with = NativeMemory.getHeld().orElseThrow();
            array.close();
            long after = NativeMemory.getHeld().orElseThrow();
            assertEquals(40, (with - before) / MEBIBYTE, 5);
            assertEquals(40, (with - after) / MEBIBYTE, 5);
        }
    }
}
