/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an update of 50 parameters of {@code [64, 64]} costs, next to DJL's own optimizers: medians
 * over updates that take turns. Run by hand, one thread:
 *
 * <pre>
 * java -Dai.djl.pytorch.num_threads=1 ... dev.polyphony.train.OptimizerBenchmark
 * </pre>
 */
final class OptimizerBenchmark {

    private static final int PARAMETERS = 50;
    private static final Shape SHAPE = new Shape(64, 64);
    private static final int WARM_UP = 500;
    private static final int STEPS = 2000;
    private static final float RATE = 0.001f;
    private static final float DECAY = 1e-4f;

    private final NDList weights = new NDList();
    private final NDList gradients = new NDList();

    private OptimizerBenchmark(NDManager manager) {
        for (int i = 0; i < PARAMETERS; i++) {
            NDArray weight = manager.randomNormal(SHAPE);
            weight.setRequiresGradient(true);
            weights.add(weight);
            gradients.add(manager.randomNormal(SHAPE));
        }
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray sum = manager.zeros(new Shape());
            for (NDArray weight : weights) {
                sum = sum.add(weight.sum());
            }
            collector.backward(sum);
        }
    }

    public static void main(String[] args) {
        try (NDManager manager = NDManager.newBaseManager()) {
            OptimizerBenchmark benchmark = new OptimizerBenchmark(manager);
            for (float decay : new float[] {0, DECAY}) {
                benchmark.compare(decay, djlSgd(decay), sgd(decay, false), sgd(decay, true));
                benchmark.compare(decay, djlAdam(decay), adam(decay, false), adam(decay, true));
            }
        }
    }

    private void compare(float decay, Optimizer base, Optimizer... ours) {
        List<Optimizer> all = new ArrayList<>(List.of(base));
        all.addAll(List.of(ours));
        Map<Integer, List<Long>> times = new TreeMap<>();
        for (int step = 0; step < WARM_UP + STEPS; step++) {
            for (int i = 0; i < all.size(); i++) {
                long start = System.nanoTime();
                update(all.get(i));
                if (step >= WARM_UP) {
                    times.computeIfAbsent(i, key -> new ArrayList<>())
                            .add(System.nanoTime() - start);
                }
            }
        }
        double reference = median(times.get(0));
        for (int i = 0; i < all.size(); i++) {
            System.out.printf(
                    Locale.ROOT,
                    "decay %s, %-45s %.2f us a parameter, %.2f times DJL's%n",
                    decay,
                    all.get(i).getClass().getName() + (i == 2 ? " (Nesterov, AdamW)" : ""),
                    median(times.get(i)) / PARAMETERS / 1e3,
                    median(times.get(i)) / reference);
        }
    }

    private void update(Optimizer optimizer) {
        for (int i = 0; i < PARAMETERS; i++) {
            optimizer.update("p" + i, weights.get(i), gradients.get(i));
        }
    }

    private static double median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static Optimizer djlSgd(float decay) {
        return Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed(RATE))
                .optMomentum(0.9f)
                .optWeightDecays(decay)
                .build();
    }

    private static Optimizer djlAdam(float decay) {
        return Optimizer.adam()
                .optLearningRateTracker(Tracker.fixed(RATE))
                .optWeightDecays(decay)
                .build();
    }

    private static Optimizer sgd(float decay, boolean nesterov) {
        return Sgd.builder()
                .optLearningRate(RATE)
                .optMomentum(0.9)
                .optNesterov(nesterov)
                .optWeightDecays(decay)
                .build();
    }

    private static Optimizer adam(float decay, boolean decoupled) {
        return Adam.builder()
                .optLearningRate(RATE)
                .optDecoupledDecay(decoupled)
                .optWeightDecays(decay)
                .build();
    }
}
