/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the turns of a pair took, one element an iteration, in nanoseconds.
 *
 * @param pair the name of the pair
 * @param turns the medians of the iterations
 */
public record StepTimes(String pair, List<Turn> turns) {

    /**
     * The medians of an iteration.
     *
     * @param firstTrains a training step of the first
     * @param secondTrains a training step of the second
     * @param firstInfers an inference batch of the first
     * @param secondInfers an inference batch of the second
     */
    public record Turn(
            double firstTrains, double secondTrains, double firstInfers, double secondInfers) {

        /** What a training step of the first takes, relative to the second's. */
        double training() {
            return firstTrains / secondTrains;
        }

        /** What an inference batch of the first takes, relative to the second's. */
        double inference() {
            return firstInfers / secondInfers;
        }
    }

    /**
     * Measures a pair in a JVM of its own.
     *
     * @param pair its name
     * @param jvmArguments the arguments of the JVM
     * @param warmUp iterations before it counts
     * @param iterations iterations that count
     * @return the times
     * @throws RunnerException if the JVM fails
     */
    public static StepTimes measure(
            String pair, List<String> jvmArguments, int warmUp, int iterations)
            throws RunnerException {
        RunResult result =
                new Runner(
                                new OptionsBuilder()
                                        .include(Turns.class.getName())
                                        .param("pair", pair)
                                        .jvmArgs(jvmArguments.toArray(String[]::new))
                                        .forks(1)
                                        .warmupIterations(warmUp)
                                        .warmupTime(TimeValue.seconds(1))
                                        .measurementIterations(iterations)
                                        .measurementTime(TimeValue.seconds(1))
                                        .shouldFailOnError(true)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .runSingle();
        List<Turn> turns = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                turns.add(turn(iteration));
            }
        }
        return new StepTimes(pair, turns);
    }

    private static Turn turn(IterationResult iteration) {
        ToDoubleFunction<String> time =
                name -> iteration.getSecondaryResults().get(name).getScore();
        return new Turn(
                time.applyAsDouble("firstTrains"),
                time.applyAsDouble("secondTrains"),
                time.applyAsDouble("firstInfers"),
                time.applyAsDouble("secondInfers"));
    }

    /**
     * Adds the iterations of another JVM.
     *
     * @param other times of the same pair
     * @return both
     */
    public StepTimes and(StepTimes other) {
        List<Turn> all = new ArrayList<>(turns);
        all.addAll(other.turns);
        return new StepTimes(pair, all);
    }

    /**
     * Returns what a training step of the first takes, relative to the second's.
     *
     * @return the median over the iterations
     */
    public double training() {
        return median(Turn::training);
    }

    /**
     * Returns what an inference batch of the first takes, relative to the second's.
     *
     * @return the median over the iterations
     */
    public double inference() {
        return median(Turn::inference);
    }

    /**
     * Returns a median over the iterations.
     *
     * @param value what of an iteration
     * @return the median
     */
    public double median(ToDoubleFunction<Turn> value) {
        double[] sorted = turns.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
