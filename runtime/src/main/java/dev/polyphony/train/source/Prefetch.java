/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.source;

import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Reads batches of examples ahead of their use, in a few threads, and hands them out in order. At
 * most one batch more than there are threads waits or is being read.
 */
public final class Prefetch implements AutoCloseable {

    private static final int MOST_THREADS = 4;

    /** How long closing waits for a thread that has been told to stop. */
    private static final int PATIENCE_SECONDS = 10;

    private final Examples data;
    private final IntFunction<int[]> batches;
    private final int end;
    private final int threads;
    private final ExecutorService pool;
    private final Deque<Future<LabeledData>> ahead = new ArrayDeque<>();
    private int next;

    /**
     * Begins to read.
     *
     * @param data the examples
     * @param batches the examples of a batch; called on the thread that takes batches
     * @param begin the first batch
     * @param end the batch after the last
     */
    public Prefetch(Examples data, IntFunction<int[]> batches, int begin, int end) {
        this.data = data;
        this.batches = batches;
        this.next = begin;
        this.end = end;
        threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        pool =
                Executors.newFixedThreadPool(
                        threads,
                        task -> {
                            Thread thread = new Thread(task, "polyphony-read");
                            // a reader that hangs keeps no virtual machine alive
                            thread.setDaemon(true);
                            return thread;
                        });
        fill();
    }

    private void fill() {
        while (next < end && ahead.size() <= threads) {
            int[] examples = batches.apply(next++);
            ahead.add(pool.submit(() -> read(examples)));
        }
    }

    /**
     * Returns the next batch.
     *
     * @return the examples
     * @throws IllegalStateException if an example cannot be read; names it
     */
    public LabeledData next() {
        try {
            LabeledData batch = ahead.remove().get();
            fill();
            return batch;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException failure) {
                throw failure;
            }
            throw new IllegalStateException("Reading examples failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Training was interrupted while it read examples", e);
        }
    }

    private LabeledData read(int[] examples) {
        try {
            return readChecked(examples);
        } catch (Exception e) {
            throw Thread.currentThread().isInterrupted()
                    ? new IllegalStateException("Reading examples was stopped", e)
                    : failure(examples, e);
        }
    }

    private LabeledData readChecked(int... examples) throws Exception {
        LabeledData read = data.read(examples);
        if (read.size() != examples.length
                || !read.getShape().equals(data.getShape())
                || read.getDataType() != data.getDataType()
                || read.getOutputs() != data.getOutputs()
                || data.hasLabels() && read.getTask() != data.getTask()) {
            throw new IllegalArgumentException(
                    "%d of shape %s (%s) with %d outputs were read, where the data have shape %s (%s) and %d outputs"
                            .formatted(
                                    read.size(),
                                    read.getShape(),
                                    read.getDataType(),
                                    read.getOutputs(),
                                    data.getShape(),
                                    data.getDataType(),
                                    data.getOutputs()));
        }
        return read;
    }

    /** Finds which example of a batch cannot be read. */
    private IllegalStateException failure(int[] examples, Exception all) {
        for (int example : examples) {
            try {
                readChecked(example);
            } catch (Exception e) {
                return failure("Example " + example, e);
            }
        }
        return failure("A batch with example " + examples[0], all);
    }

    private static IllegalStateException failure(String what, Exception cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new IllegalStateException(what + " cannot be read: " + why, cause);
    }

    /** Stops reading. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
