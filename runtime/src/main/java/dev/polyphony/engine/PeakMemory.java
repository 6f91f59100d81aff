/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches how much {@link NativeMemory} is held beyond what was held at the beginning, while some
 * work is done.
 *
 * <pre>{@code
 * try (PeakMemory memory = PeakMemory.watch()) {
 *     work();
 *     memory.stop().ifPresent(bytes -> ...);
 * }
 * }</pre>
 *
 * <p>A thread looks every {@value #MILLISECONDS} ms, so the peak of work that lasts for many times
 * as long is seen, give or take a few hundred kilobytes. Java's compiler, too, holds memory for
 * moments: so the work is divided into stretches of half a second, and the peak is the median of
 * theirs. Where less is held during the work than at its beginning, because something of before was
 * freed, the least is what the peak is counted from.
 */
public final class PeakMemory implements AutoCloseable {

    private static final int MILLISECONDS = 5;

    /** How often it is looked in a stretch. */
    private static final int STRETCH = 100;

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Long> peaks = new ArrayList<>();
    private final Thread thread;
    private long least;

    private PeakMemory(OptionalLong before) {
        least = before.orElse(0);
        if (before.isEmpty()) {
            thread = null;
            return;
        }
        thread = new Thread(this::look, "peak memory");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins to watch.
     *
     * @return what watches, to be closed
     */
    public static PeakMemory watch() {
        return new PeakMemory(NativeMemory.getHeld());
    }

    private void look() {
        long peak = least;
        int looks = 0;
        boolean isOver = false;
        while (!isOver) {
            isOver = waitsUntilEnd();
            long held = NativeMemory.getHeld().orElse(least);
            least = Math.min(least, held);
            peak = Math.max(peak, held);
            looks++;
            // a last stretch that is short has seen too little
            if (looks == STRETCH || isOver && peaks.isEmpty()) {
                peaks.add(peak);
                peak = least;
                looks = 0;
            }
        }
    }

    private boolean waitsUntilEnd() {
        try {
            return end.await(MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /**
     * Ends, and returns the peak.
     *
     * @return the most bytes beyond what was held at the beginning, or beyond the least that was
     *     held since; empty where it is not known
     */
    public OptionalDouble stop() {
        close();
        if (thread == null) {
            return OptionalDouble.empty();
        }
        List<Long> sorted = new ArrayList<>(peaks);
        Collections.sort(sorted);
        return OptionalDouble.of(sorted.get(sorted.size() / 2) - least);
    }

    /** Ends. */
    @Override
    public void close() {
        end.countDown();
        if (thread != null) {
            boolean isInterrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
