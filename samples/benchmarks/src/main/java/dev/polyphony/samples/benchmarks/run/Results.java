/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import dev.polyphony.samples.benchmarks.step.StepTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All that was measured.
 *
 * @param machine what it was measured on
 * @param pairs the times of the pairs, by their names
 * @param moons the trainings on the two moons
 * @param memory what trainings have kept
 */
record Results(
        String machine,
        Map<String, StepTimes> pairs,
        MoonsResult moons,
        List<MemoryResult> memory) {

    static final String WIDE = "wide/packed/deep";
    static final String DIGITS = "digits/packed/deep";

    /** The same by hand, with DJL's own grouped convolutions: what the engine allows. */
    static final List<String> FLOORS = List.of("wide/hand-packed/deep", "digits/hand-packed/deep");

    static final List<String> SUB_BATCHES =
            List.of(
                    "mlp/batch-ensemble/plain",
                    "digits/batch-ensemble/plain",
                    "resnet18/batch-ensemble/plain");

    /** The pairs of a generated network with the one by hand. */
    List<StepTimes> byHand() {
        return pairs.values().stream().filter(t -> t.pair().split("/").length == 2).toList();
    }

    /** The median over the methods, with the method that is furthest from its network by hand. */
    private static Target byHand(
            String network, String what, List<StepTimes> pairs, ToDoubleFunction<StepTimes> time) {
        List<Double> speeds = pairs.stream().map(t -> 1 / time.applyAsDouble(t)).toList();
        StepTimes worst = Collections.max(pairs, Comparator.comparingDouble(time));
        String slowest =
                "the median of the methods, slowest: %s %s"
                        .formatted(
                                worst.pair().split("/")[1],
                                Target.text(1 / time.applyAsDouble(worst)));
        return Target.atLeast(
                        "generated network against the one by hand, %s, %s, speed"
                                .formatted(network, what),
                        Medians.of(speeds),
                        0.97,
                        network.equals("mlp")
                                ? "an ensemble checks its inputs and tells which are shared, some 20 µs a call, which show where a call has few"
                                : "both make the same calls of the engine but for views; from run to run the number moves by some 0.03")
                .with(slowest);
    }

    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (String network : Settings.NETWORKS) {
            List<StepTimes> own =
                    byHand().stream().filter(t -> t.pair().startsWith(network + "/")).toList();
            targets.add(byHand(network, "training", own, StepTimes::training));
            targets.add(byHand(network, "inference", own, StepTimes::inference));
        }
        if (moons.python() != null) {
            moons.ratios()
                    .forEach(
                            (method, ratio) ->
                                    targets.add(
                                            Target.atLeast(
                                                    "two-moons training against eager PyTorch, "
                                                            + method
                                                            + ", samples per second",
                                                    ratio,
                                                    1.5,
                                                    moonsFloor(method))));
        }
        targets.add(
                Target.atMost(
                        "MIMO m=3 against a deep ensemble of 3, two-moons training time",
                        moons.mimo(),
                        0.36,
                        "a third of three trainings is 0.333, and a step of MIMO has a wider first and"
                                + " last layer and gathers three inputs"));
        targets.add(
                Target.atMost(
                        "Packed m=4 alpha=2 against a deep ensemble of 4, width 64 at 32x32,"
                                + " training step",
                        pairs.get(WIDE).training(),
                        0.36,
                        floor(FLOORS.get(0))));
        targets.add(
                Target.atMost(
                        "Packed m=4 alpha=2 against a deep ensemble of 4, digits CNN, training step",
                        pairs.get(DIGITS).training(),
                        0.52,
                        floor(FLOORS.get(1))));
        for (String pair : SUB_BATCHES) {
            targets.add(
                    Target.atMost(
                            "BatchEnsemble m=4, sub-batches, against the plain model, "
                                    + pair.split("/")[0]
                                    + ", training step",
                            pairs.get(pair).training(),
                            1.35,
                            floor(pair.replace("/batch", "/hand-batch"))));
        }
        targets.add(
                Target.atMost(
                                "harness overhead at batch 128, share of a step of the two-moons MLP",
                                Medians.of(List.copyOf(moons.overheads().values())),
                                0.10,
                                "gathering the batch and freeing the arrays of a step, on the smallest"
                                        + " network")
                        .with(
                                "the median of the methods, most: %s %s"
                                        .formatted(
                                                moons.mostOverhead().getKey(),
                                                Target.text(moons.mostOverhead().getValue()))));
        targets.add(
                Target.atMost(
                        "growth of the Java heap, steps 5,000 to 20,000, MiB",
                        memory.stream().mapToDouble(MemoryResult::heap).max().orElseThrow(),
                        1,
                        "an array that is kept at each step is 5 MiB"));
        targets.add(
                Target.atMost(
                        "growth of native memory, steps 5,000 to 20,000, MiB",
                        memory.stream().mapToDouble(MemoryResult::process).max().orElseThrow(),
                        4,
                        "compiled code of the JVM, and freed memory that the C library keeps"));
        return targets;
    }

    /** What is left without data and harness, in the same rounds. */
    private String moonsFloor(String method) {
        return "of so small a network calls of the engine are most of a step, whatever their size; steps alone, without data or harness, come to "
                + Target.text(moons.alone().get(method));
    }

    private String floor(String pair) {
        StepTimes floor = pairs.get(pair);
        return floor == null
                ? "the full run measures the same by hand"
                : "the same by hand in DJL: " + Target.text(floor.training());
    }
}
