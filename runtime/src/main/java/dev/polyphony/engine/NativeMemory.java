/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/**
 * The memory that this process holds outside Java's heap, where the arrays of the CPU are. It is
 * what has been allocated and not freed, as the C library counts it: other than the size of the
 * process, it falls when arrays are freed, and does not move with Java's heap. Java's direct
 * buffers are left out: they lie there until Java's collector comes by, whoever has used them. So
 * arrays that were made of numbers of Java's, as data in memory are, do not count.
 *
 * <p>Known with the GNU C library from version 2.33, which most distributions of Linux have.
 */
public final class NativeMemory {

    private static final BufferPoolMXBean DIRECT =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst()
                    .orElseThrow();

    private NativeMemory() {}

    /** What {@code mallinfo2(3)} tells. */
    @Structure.FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    public static class Information extends Structure implements Structure.ByValue {
        /** Bytes that all arenas have from the system. */
        public long arena;

        /** Free chunks. */
        public long ordblks;

        /** Free chunks of fast bins. */
        public long smblks;

        /** Regions that are mapped on their own. */
        public long hblks;

        /** Bytes of these regions. */
        public long hblkhd;

        /** Not used. */
        public long usmblks;

        /** Bytes free in fast bins. */
        public long fsmblks;

        /** Bytes of arenas that are allocated and not freed. */
        public long uordblks;

        /** Bytes of arenas that are free. */
        public long fordblks;

        /** Bytes that could be given back to the system. */
        public long keepcost;
    }

    /**
     * Returns how much is held at this moment.
     *
     * @return the bytes; empty where the C library does not say
     */
    public static OptionalLong getHeld() {
        try {
            long direct = DIRECT.getMemoryUsed();
            Information information =
                    (Information)
                            NativeLibrary.getProcess()
                                    .getFunction("mallinfo2")
                                    .invoke(Information.class, new Object[0]);
            return OptionalLong.of(information.uordblks + information.hblkhd - direct);
        } catch (LinkageError | RuntimeException e) {
            return OptionalLong.empty();
        }
    }
}
