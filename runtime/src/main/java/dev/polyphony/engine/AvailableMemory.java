/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * How much memory a process may still take: that of a GPU, or main memory, which a container may
 * limit further. What the system keeps of files in memory counts as free, as it gives that up.
 */
public final class AvailableMemory {

    private static final String PROPERTY = "polyphony.memory";
    private static final Path SYSTEM = Path.of("/proc/meminfo");
    private static final Path CONTAINERS = Path.of("/sys/fs/cgroup");
    private static final Path OWN = Path.of("/proc/self/cgroup");
    private static final String STATISTICS = "memory.stat";
    private static final long KIBIBYTE = 1024;

    private AvailableMemory() {}

    /**
     * Returns how much is free on a device at this moment; the system property {@code
     * polyphony.memory}, a number of mebibytes, says another number.
     *
     * @param device the device
     * @return the bytes; empty where nothing says it reliably
     * @throws IllegalArgumentException if the property is no number
     */
    public static OptionalLong of(Device device) {
        String said = System.getProperty(PROPERTY);
        if (said != null) {
            try {
                return OptionalLong.of(Long.parseLong(said.strip()) * KIBIBYTE * KIBIBYTE);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "The system property %s is a number of mebibytes, but it is '%s'"
                                .formatted(PROPERTY, said),
                        e);
            }
        }
        return device.isGpu() ? ofGpu(device) : ofMachine(SYSTEM, CONTAINERS, OWN);
    }

    private static OptionalLong ofGpu(Device device) {
        try {
            MemoryUsage memory = CudaUtils.getGpuMemory(device);
            return OptionalLong.of(memory.getMax() - memory.getUsed());
        } catch (EngineException | IllegalArgumentException | LinkageError e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Takes the files of the system, which only Linux has: other systems do not tell files apart.
     */
    static OptionalLong ofMachine(Path system, Path containers, Path own) {
        long all = read(system, "MemTotal:") * KIBIBYTE;
        long free = read(system, "MemAvailable:") * KIBIBYTE;
        if (all <= 0 || free < 0) {
            return OptionalLong.empty();
        }
        OperatingSystemMXBean machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long limit = machine.getTotalMemorySize();
        if (limit >= all) {
            return OptionalLong.of(free);
        }
        long used = limit - machine.getFreeMemorySize();
        long files = Math.min(used, files(containers, own));
        return OptionalLong.of(Math.min(free, limit - used + files));
    }

    /**
     * What a container keeps of files: in the second version of control groups, or in the first. A
     * process in a group that it sees from outside, as in a slice of systemd, finds it by its path;
     * one that sees its group alone, at the top.
     *
     * @param containers where groups are
     * @param own the file with the paths of the process' own groups, {@code number:kinds:path}
     */
    static long files(Path containers, Path own) {
        long second = files(containers, path(own, ""), "inactive_file");
        return second >= 0
                ? second
                : Math.max(
                        0,
                        files(
                                containers.resolve("memory"),
                                path(own, "memory"),
                                "total_inactive_file"));
    }

    private static long files(Path groups, String path, String name) {
        long own = read(groups.resolve("./" + path).resolve(STATISTICS), name);
        return own >= 0 ? own : read(groups.resolve(STATISTICS), name);
    }

    /** The path of the group of a kind; that of the top if there is none. */
    private static String path(Path own, String kind) {
        try {
            return Files.readAllLines(own).stream()
                    .map(line -> line.split(":", 3))
                    .filter(parts -> parts.length == 3)
                    .filter(parts -> List.of(parts[1].split(",")).contains(kind))
                    .map(parts -> parts[2])
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The number in the line of a name; -1 if there is none. */
    private static long read(Path file, String name) {
        Predicate<String[]> isWanted = words -> words.length > 1 && words[0].equals(name);
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split("\\s+"))
                    .filter(isWanted)
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
