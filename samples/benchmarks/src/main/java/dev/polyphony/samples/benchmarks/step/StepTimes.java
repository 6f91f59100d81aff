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

    private static final int PATIENCE_SECONDS = 120;

    /**
     * The medians of an iteration.
     *
     * @param firstTrains a training step of the first
     * @param secondTrains a training step of the second
     * @param firstInfers an inference batch of the first
     * @param secondInfers an inference batch of the second
     * @param training the first's relative to the second's
     * @param inference the first's relative to the second's
     */
    public record Turn(
            double firstTrains,
            double secondTrains,
            double firstInfers,
            double secondInfers,
            double training,
            double inference) {}

    /**
     * Measures a pair.
     *
     * @param pair its name
     * @param ownJvm whether in a JVM of its own; else in this one
     * @param jvmArguments the arguments of that JVM
     * @param warmUp iterations before it counts
     * @param iterations iterations that count
     * @return the times
     * @throws RunnerException if it fails; names the pair
     */
    public static StepTimes measure(
            String pair, boolean ownJvm, List<String> jvmArguments, int warmUp, int iterations)
            throws RunnerException {
        try {
            return new StepTimes(pair, run(pair, ownJvm, jvmArguments, warmUp, iterations));
        } catch (RunnerException e) {
            throw new RunnerException(pair + " cannot be measured", e);
        }
    }

    private static List<Turn> run(
            String pair, boolean ownJvm, List<String> jvmArguments, int warmUp, int iterations)
            throws RunnerException {
        RunResult result =
                new Runner(
                                new OptionsBuilder()
                                        .include(Turns.class.getName())
                                        .param("pair", pair)
                                        .jvmArgs(jvmArguments.toArray(String[]::new))
                                        .forks(ownJvm ? 1 : 0)
                                        .warmupIterations(warmUp)
                                        .warmupTime(TimeValue.seconds(1))
                                        .measurementIterations(iterations)
                                        .measurementTime(TimeValue.seconds(1))
                                        .timeout(TimeValue.seconds(PATIENCE_SECONDS))
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
        return turns;
    }

    private static Turn turn(IterationResult iteration) {
        ToDoubleFunction<String> time =
                name -> iteration.getSecondaryResults().get(name).getScore();
        return new Turn(
                time.applyAsDouble("firstTrains"),
                time.applyAsDouble("secondTrains"),
                time.applyAsDouble("firstInfers"),
                time.applyAsDouble("secondInfers"),
                time.applyAsDouble("training"),
                time.applyAsDouble("inference"));
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
