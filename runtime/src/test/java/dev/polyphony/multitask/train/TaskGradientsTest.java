/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.polyphony.TaskLoss;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.balance.Balancer;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One update by plain gradient descent shows the gradient: {@code (before - after) / rate}. What a
 * training does with the gradients of several tasks is held against those of one task each.
 */
class TaskGradientsTest {

    private static final double RATE = 0.5;

    private static final MultiExamples DATA = TwoTasks.data(12, 1);

    private static MultiTaskHarness harness(boolean isNoisy, double rate) {
        return TwoTasks.plain(isNoisy)
                .optEpochs(1)
                .optBatchSize(12)
                .optSeed(3)
                .optOptimizer(OptimizerType.SGD)
                .optLearningRate(rate)
                .optProgress(Progress.none());
    }

    private static Map<String, float[]> parameters(MultiTaskHarness harness) {
        return parameters(harness, DATA);
    }

    private static Map<String, float[]> parameters(MultiTaskHarness harness, MultiExamples data) {
        try (TrainedTasks trained = harness.fit(data)) {
            Map<String, float[]> all = new LinkedHashMap<>();
            for (Pair<String, Parameter> pair : trained.getEnsemble().getParameters()) {
                all.put(pair.getKey(), pair.getValue().getArray().toFloatArray());
            }
            return all;
        }
    }

    /** The parameters before any update. */
    private static Map<String, float[]> start(boolean isNoisy) {
        return parameters(harness(isNoisy, 1e-30));
    }

    private static Map<String, double[]> gradient(MultiTaskHarness harness, boolean isNoisy) {
        Map<String, float[]> before = start(isNoisy);
        Map<String, double[]> gradients = new LinkedHashMap<>();
        parameters(harness)
                .forEach(
                        (name, after) -> {
                            double[] gradient = new double[after.length];
                            for (int i = 0; i < gradient.length; i++) {
                                gradient[i] = (before.get(name)[i] - after[i]) / RATE;
                            }
                            gradients.put(name, gradient);
                        });
        return gradients;
    }

    /** The gradient of one task alone. */
    private static Map<String, double[]> alone(String task, boolean isNoisy) {
        String other = task.equals("kind") ? "size" : "kind";
        return gradient(harness(isNoisy, RATE).optTaskWeight(other, 0), isNoisy);
    }

    private static Map<String, double[]> combine(
            Map<String, double[]> x, Map<String, double[]> y, BinaryOperator<Double> rule) {
        Map<String, double[]> all = new LinkedHashMap<>();
        x.forEach(
                (name, values) -> {
                    double[] combined = new double[values.length];
                    for (int i = 0; i < combined.length; i++) {
                        combined[i] = rule.apply(values[i], y.get(name)[i]);
                    }
                    all.put(name, combined);
                });
        return all;
    }

    private static void assertClose(
            Map<String, double[]> expected, Map<String, double[]> actual, double tolerance) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach(
                (name, values) -> assertArrayEquals(values, actual.get(name), tolerance, name));
    }

    private static boolean isShared(String name) {
        return !name.contains("kind") && !name.contains("size");
    }

    private static double dot(Map<String, double[]> x, Map<String, double[]> y, String part) {
        double sum = 0;
        for (String name : x.keySet()) {
            if (isShared(name) && name.contains(part)) {
                for (int i = 0; i < x.get(name).length; i++) {
                    sum += x.get(name)[i] * y.get(name)[i];
                }
            }
        }
        return sum;
    }

    @Test
    void theLossIsTheWeighedSum() {
        Map<String, double[]> expected =
                combine(alone("kind", false), alone("size", false), (x, y) -> 2 * x + 3 * y);
        MultiTaskHarness weighed =
                harness(false, RATE).optTaskWeight("kind", 2).optTaskWeight("size", 3);
        assertClose(expected, gradient(weighed, false), 2e-5);
    }

    /** With the batch normalisation and dropout of one pass, however many passes there are. */
    @Test
    void passesOfTheirOwnChangeNothing() {
        Balance apart = tasks -> new Watching();
        Map<String, float[]> together = parameters(harness(true, RATE));
        Map<String, float[]> each = parameters(harness(true, RATE).optBalance(apart));
        assertTrue(together.keySet().stream().anyMatch(name -> name.contains("unningMean")));
        together.forEach((name, values) -> assertArrayEquals(values, each.get(name), 2e-6f, name));
    }

    /** Asks for norms, and leaves weights as they are. */
    private static class Watching implements Balancer {

        private double[] norms;

        @Override
        public double[] getWeights() {
            return new double[] {1, 1};
        }

        @Override
        public boolean needsGradientNorms() {
            return true;
        }

        @Override
        public void onStep(double[] losses, double[] gradientNorms) {
            norms = gradientNorms;
        }
    }

    @Test
    void normsAreThoseOfTheLastSharedWeights() {
        Watching watching = new Watching();
        parameters(harness(false, RATE).optBalance(tasks -> watching));
        Map<String, double[]> kind = alone("kind", false);
        Map<String, double[]> size = alone("size", false);
        String last = "shared_weight";
        assertTrue(kind.keySet().stream().anyMatch(name -> name.contains(last)));
        assertArrayEquals(
                new double[] {Math.sqrt(dot(kind, kind, last)), Math.sqrt(dot(size, size, last))},
                watching.norms,
                1e-5);
    }

    @Test
    void surgeryProjectsWhatTasksShare() {
        // the size as far from its targets as makes gradients conflict, for some sign
        boolean conflicted = false;
        for (double sign : new double[] {1, -1}) {
            float[] sizes = DATA.getTargets("size");
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = (float) (sign * 4 * sizes[i]);
            }
            MultiExamples data = DATA.toBuilder().addTargets("size", sizes).build();
            Map<String, double[]> kind =
                    ofData(harness(false, RATE).optTaskWeight("size", 0), data);
            Map<String, double[]> size =
                    ofData(harness(false, RATE).optTaskWeight("kind", 0), data);
            double product = dot(kind, size, "");
            conflicted |= product < 0;
            double ofSize = product < 0 ? 1 - product / dot(size, size, "") : 1;
            double ofKind = product < 0 ? 1 - product / dot(kind, kind, "") : 1;
            Map<String, double[]> expected = new LinkedHashMap<>();
            combine(kind, size, (x, y) -> ofKind * x + ofSize * y)
                    .forEach((name, values) -> expected.put(name, values));
            Map<String, double[]> plain = combine(kind, size, Double::sum);
            plain.keySet().stream()
                    .filter(name -> !isShared(name))
                    .forEach(name -> expected.put(name, plain.get(name)));
            MultiTaskHarness operated = harness(false, RATE).optSurgery(GradientSurgery.pcGrad());
            assertClose(expected, ofData(operated, data), 5e-5);
        }
        assertTrue(conflicted, "one of the two must conflict");
    }

    private static Map<String, double[]> ofData(MultiTaskHarness harness, MultiExamples data) {
        Map<String, float[]> before = start(false);
        Map<String, double[]> gradients = new LinkedHashMap<>();
        parameters(harness, data)
                .forEach(
                        (name, after) -> {
                            double[] gradient = new double[after.length];
                            for (int i = 0; i < gradient.length; i++) {
                                gradient[i] = (before.get(name)[i] - after[i]) / RATE;
                            }
                            gradients.put(name, gradient);
                        });
        return gradients;
    }

    @Test
    void conflictsAreCounted() {
        MultiTaskHarness operated = harness(false, RATE).optSurgery(GradientSurgery.pcGrad());
        double product = dot(alone("kind", false), alone("size", false), "");
        try (TrainedTasks trained = operated.fit(DATA)) {
            double[][] conflicts = trained.getHistory().epochs().get(0).conflicts();
            assertEquals(product < 0 ? 1 : 0, conflicts[0][1]);
            assertEquals(0, conflicts[0][0]);
        }
    }

    @Test
    void aTaskHasItsOwnLearningRate() {
        Map<String, double[]> usual = gradient(harness(false, RATE), false);
        Map<String, double[]> own =
                gradient(harness(false, RATE).optTaskLearningRate("size", 0.25), false);
        usual.forEach(
                (name, values) -> {
                    double factor = name.contains("size") ? 0.25 : 1;
                    for (int i = 0; i < values.length; i++) {
                        assertEquals(factor * values[i], own.get(name)[i], 1e-5, name);
                    }
                });
    }

    @Test
    void aBatchMayBeGatheredFromSmallOnes() {
        Map<String, double[]> whole = gradient(harness(false, RATE), false);
        Map<String, double[]> parts =
                gradient(harness(false, RATE).optBatchSize(4).optAccumulation(3), false);
        assertClose(whole, parts, 1e-5);
        // two batches and what is left of the epoch, each counted whole in its update
        MultiTaskHarness leftOver = harness(false, RATE).optBatchSize(4).optAccumulation(2);
        try (TrainedTasks trained = leftOver.fit(DATA)) {
            assertEquals(2, trained.getHistory().updates());
        }
    }

    @Test
    void aTaskWithoutATurnStays() {
        Map<String, double[]> first =
                gradient(harness(false, RATE).optTaskSchedule(TaskSchedule.alternating(1)), false);
        assertClose(alone("kind", false), first, 1e-6);
        assertFalse(
                alone("kind", false).entrySet().stream()
                        .filter(entry -> entry.getKey().contains("size"))
                        .flatMapToDouble(entry -> Arrays.stream(entry.getValue()))
                        .anyMatch(value -> Math.abs(value) > 1e-20));
    }

    /** Half the sizes are not known: the loss is that of the other half. */
    @Test
    void missingAnswersDoNotCount() {
        boolean[] missing = new boolean[12];
        float[] sizes = DATA.getTargets("size");
        for (int i = 0; i < 12; i += 2) {
            missing[i] = true;
            sizes[i] = 1e6f;
        }
        MultiExamples some =
                DATA.toBuilder().addTargets("size", sizes).optMissing("size", missing).build();
        Map<String, double[]> actual = ofData(harness(false, RATE).optTaskWeight("kind", 0), some);
        MultiExamples half = DATA.subset(1, 3, 5, 7, 9, 11);
        Map<String, double[]> expected =
                ofData(harness(false, RATE).optTaskWeight("kind", 0), half);
        assertClose(expected, actual, 1e-5);
    }

    @Test
    void gradientsAreBounded() {
        Map<String, double[]> free = gradient(harness(false, RATE), false);
        double norm =
                Math.sqrt(
                        free.values().stream()
                                .flatMapToDouble(Arrays::stream)
                                .map(x -> x * x)
                                .sum());
        Map<String, double[]> bounded = gradient(harness(false, RATE).optClipNorm(norm / 2), false);
        assertClose(combine(free, free, (x, y) -> x / 2), bounded, 2e-5);
    }

    @Test
    void learntWeightsAreThoseOfTheirLosses() {
        MultiTaskHarness harness =
                harness(false, RATE).optEpochs(3).optBalance(Balance.uncertainty());
        try (TrainedTasks trained = harness.fit(DATA)) {
            Balancer again =
                    Balance.uncertainty()
                            .begin(List.of(TaskLoss.CROSS_ENTROPY, TaskLoss.SQUARED_ERROR));
            for (TaskHistory.Epoch epoch : trained.getHistory().epochs()) {
                assertArrayEquals(again.getWeights(), epoch.weights(), 1e-9);
                double total =
                        again.getWeights()[0] * epoch.losses()[0]
                                + again.getWeights()[1] * epoch.losses()[1]
                                + again.getRegularizer();
                assertEquals(total, epoch.loss(), 1e-6);
                again.onStep(epoch.losses(), null);
            }
        }
    }

    /** Names are those of the model, whatever stands around it. */
    @Test
    void parametersHaveTheNamesThatTheseTestsLookFor() {
        String names = start(false).keySet().stream().collect(Collectors.joining(" "));
        assertTrue(names.matches(".*shared.*kind.*size.*"), names);
    }
}
