/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Two networks in turns, in one JVM: a training step of the one and of the other, an inference
 * batch of the one and of the other. What disturbs the machine disturbs both. Times are CPU times
 * of the thread that computes, the only one; an iteration's result is the median of each, and of
 * the ratios in a turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class Turns {

    /** Which two: see {@link Pair}. */
    @Param("mlp/packed")
    private String pair;

    private Side first;
    private Side second;
    private boolean swapped;

    /** Makes both sides. */
    @Setup(Level.Trial)
    public void open() {
        Pair sides = Pair.of(pair);
        first = sides.first().get();
        second = sides.second().get();
    }

    /** Frees both sides. */
    @TearDown(Level.Trial)
    public void close() {
        first.close();
        second.close();
    }

    /**
     * A turn of everything.
     *
     * @param times takes the times
     */
    @Benchmark
    public void turn(Times times) {
        swapped = !swapped;
        times.run(swapped ? 1 : 0, swapped ? second::train : first::train);
        times.run(swapped ? 0 : 1, swapped ? first::train : second::train);
        times.run(swapped ? 3 : 2, swapped ? second::infer : first::infer);
        times.run(swapped ? 2 : 3, swapped ? first::infer : second::infer);
    }

    /** Medians in nanoseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Times {

        private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

        private final List<List<Long>> all = new ArrayList<>();

        /** Forgets what was measured. */
        @Setup(Level.Iteration)
        public void clear() {
            all.clear();
            for (int i = 0; i < 4; i++) {
                all.add(new ArrayList<>());
            }
        }

        void run(int what, Runnable work) {
            long start = CLOCK.getCurrentThreadCpuTime();
            work.run();
            all.get(what).add(CLOCK.getCurrentThreadCpuTime() - start);
        }

        /** The median over the turns of what the first takes relative to the second. */
        private double ratio(int first) {
            List<Long> one = all.get(first);
            List<Long> other = all.get(first + 1);
            double[] sorted = new double[other.size()];
            Arrays.setAll(sorted, i -> (double) one.get(i) / other.get(i));
            Arrays.sort(sorted);
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }

        private long median(int what) {
            long[] sorted = all.get(what).stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }

        /**
         * A training step of the first.
         *
         * @return nanoseconds
         */
        public long firstTrains() {
            return median(0);
        }

        /**
         * A training step of the second.
         *
         * @return nanoseconds
         */
        public long secondTrains() {
            return median(1);
        }

        /**
         * An inference batch of the first.
         *
         * @return nanoseconds
         */
        public long firstInfers() {
            return median(2);
        }

        /**
         * An inference batch of the second.
         *
         * @return nanoseconds
         */
        public long secondInfers() {
            return median(3);
        }

        /**
         * A training step of the first, relative to the second's in the same turn.
         *
         * @return the ratio
         */
        public double training() {
            return ratio(0);
        }

        /**
         * An inference batch of the first, relative to the second's in the same turn.
         *
         * @return the ratio
         */
        public double inference() {
            return ratio(2);
        }
    }
}
