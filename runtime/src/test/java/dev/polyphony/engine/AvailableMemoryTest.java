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
import java.util.List;
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

    private Path own(String... groups) throws IOException {
        return Files.write(folder.resolve("groups"), List.of(groups));
    }

    private void keep(String group, String name, long bytes) throws IOException {
        Path path = Files.createDirectories(folder.resolve(group));
        Files.writeString(path.resolve("memory.stat"), "anon 5\n%s %d\n".formatted(name, bytes));
    }

    /** What others keep is not given up for this process. */
    @Test
    void filesAreThoseOfTheOwnGroup() throws IOException {
        assertEquals(0, AvailableMemory.files(folder, own()));
        keep("memory", "total_inactive_file", 900);
        keep("memory/user/one", "total_inactive_file", 20);
        assertEquals(20, AvailableMemory.files(folder, own("4:cpu,memory:/user/one", "0::/")));
        assertEquals(900, AvailableMemory.files(folder, own("4:memory:/docker/unseen")));
        keep(".", "inactive_file", 800);
        keep("user.slice/two", "inactive_file", 10);
        assertEquals(10, AvailableMemory.files(folder, own("0::/user.slice/two")));
        assertEquals(800, AvailableMemory.files(folder, own("0::/")));
    }

    @Test
    void readsWhatTheSystemSays() throws IOException {
        // a machine that is smaller than the real one has no container around it
        assertEquals(
                512 * 1024,
                AvailableMemory.ofMachine(system(1024, 512), folder, own()).getAsLong());
        assertTrue(AvailableMemory.ofMachine(folder.resolve("none"), folder, own()).isEmpty());
    }

    /** As in a container: the system has more than the process may use. */
    @Test
    void aLimitCounts() throws IOException {
        Path huge = system(1L << 50, 1L << 50);
        long free = AvailableMemory.ofMachine(huge, folder, own()).getAsLong();
        Files.writeString(
                folder.resolve("memory.stat"), "anon 5\ninactive_file 4096\nactive_file 7\n");
        long more = AvailableMemory.ofMachine(huge, folder, own()).getAsLong();
        long total =
                ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize();
        assertTrue(free > 0 && free < total, free + " of " + total);
        assertTrue(more > 0 && more < total, more + " of " + total);
    }
}
