/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {

    @TempDir private Path folder;

    private Path system(long kibibytes, long available) throws IOException {
        return Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal:       %d kB\nMemFree:  7 kB\nMemAvailable:  %d kB\n"
                        .formatted(kibibytes, available));
    }

    @Test
    void readsWhatTheSystemSays() throws IOException {
        // a machine that is smaller than the real one has no container around it
        assertEquals(512 * 1024, AvailableMemory.ofMachine(system(1024, 512), folder).getAsLong());
        assertTrue(AvailableMemory.ofMachine(folder.resolve("none"), folder).isEmpty());
    }

    /** As in a container: the system has more than the process may use. */
    @Test
    void aLimitCounts() throws IOException {
        Path huge = system(1L << 50, 1L << 50);
        long free = AvailableMemory.ofMachine(huge, folder).getAsLong();
        Files.writeString(
                folder.resolve("memory.stat"), "anon 5\ninactive_file 4096\nactive_file 7\n");
        long more = AvailableMemory.ofMachine(huge, folder).getAsLong();
        long total =
                ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize();
        assertTrue(free > 0 && free < total, free + " of " + total);
        assertTrue(more > 0 && more < total, more + " of " + total);
    }
}
