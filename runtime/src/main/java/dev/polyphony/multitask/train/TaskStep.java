/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.Seeds;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.form.Scalars;
import java.util.Arrays;
import java.util.List;

/** Adds the gradient of a batch to the gradients of the parameters. */
final class TaskStep {

    /** Keeps the stream of surgery apart from all others. */
    private static final long SURGERY = 0x73757267;

    private final Ensemble ensemble;
    private final List<TaskObjective> objectives;
    private final int[] outputs;
    private final TaskParameters parameters;
    private final GradientSurgery surgery;
    private final boolean isApart;
    private final int seed;

    /**
     * Creates a step.
     *
     * @param outputs the output of each task that is trained
     * @param isApart whether each task takes passes of its own
     */
    TaskStep(
            Ensemble ensemble,
            List<TaskObjective> objectives,
            int[] outputs,
            TaskParameters parameters,
            GradientSurgery surgery,
            boolean isApart,
            int seed) {
        this.ensemble = ensemble;
        this.objectives = objectives;
        this.outputs = outputs.clone();
        this.parameters = parameters;
        this.surgery = surgery;
        this.isApart = isApart;
        this.seed = seed;
    }

    /**
     * What a batch came to. Numbers of a task without a part in it are NaN.
     *
     * @param losses the loss of each task, as it was reduced over members
     * @param norms the norms of the gradients of the last shared weights, or null
     * @param products the inner products of the gradients of shared parameters, or null
     */
    record Outcome(double[] losses, double[] norms, double[][] products) {}

    /** A batch with what MixMo adds to it. */
    record Given(NDList inputs, List<NDList> answers, NDArray weights) {}

    /**
     * Runs the forward and backward passes of a batch.
     *
     * @param weights what each task's loss is multiplied by; one with 0 has no part
     * @param seed what is drawn in the passes
     * @param number the step in all, for what surgery draws
     */
    Outcome run(Given given, double[] weights, int seed, long number, NDManager manager) {
        return isApart
                ? runApart(given, weights, seed, number, manager)
                : runTogether(given, weights, seed, manager);
    }

    private Outcome runTogether(Given given, double[] weights, int seed, NDManager manager) {
        double[] losses = nothing();
        NDList parts = new NDList();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList predictions = forward(given, seed, manager);
            NDArray total = null;
            for (int t = 0; t < weights.length; t++) {
                if (weights[t] > 0) {
                    NDArray loss = loss(given, predictions, t);
                    parts.add(loss.stopGradient());
                    NDArray weighed = Scalars.mul(loss, weights[t]);
                    total = total == null ? weighed : total.add(weighed);
                }
            }
            collector.backward(total);
        }
        fill(losses, weights, NDArrays.stack(parts).toFloatArray());
        return new Outcome(losses, null, null);
    }

    private Outcome runApart(
            Given given, double[] weights, int seed, long number, NDManager manager) {
        double[] losses = nothing();
        NDArray before = parameters.takeGradients(manager);
        NDList rows = new NDList();
        NDList others = null;
        for (int t = 0; t < weights.length; t++) {
            if (weights[t] > 0) {
                losses[t] = backward(given, t, seed, manager);
                rows.add(parameters.takeGradients(manager));
                if (others == null) {
                    // a batch counts once in running statistics, however often it passes
                    others = parameters.copyOthers(manager);
                } else {
                    parameters.restoreOthers(others);
                }
            }
        }
        NDArray all = NDArrays.stack(rows);
        double[] active = Arrays.stream(weights).filter(weight -> weight > 0).toArray();
        NDArray shared = all.get(manager, new NDIndex(":, 0:{}", parameters.shared()));
        double[][] products = square(shared.matMul(shared.transpose()), active.length);
        double[] factors = factors(products, active, number);
        NDArray combined = combine(shared, factors, manager);
        if (all.getShape().get(1) > parameters.shared()) {
            NDArray own = all.get(manager, new NDIndex(":, {}:", parameters.shared()));
            combined = combined.concat(combine(own, active, manager));
        }
        parameters.addGradients(combined.add(before), manager);
        NDArray last = all.get(manager, new NDIndex(":, 0:{}", parameters.last()));
        double[] norms = nothing();
        fill(norms, weights, last.square().sum(new int[] {1}).sqrt().toFloatArray());
        return new Outcome(losses, norms, spread(products, weights));
    }

    /** Runs the passes of one task, and returns its loss. */
    double backward(Given given, int task, int seed, NDManager manager) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = loss(given, forward(given, seed, manager), task);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    private NDList forward(Given given, int seed, NDManager manager) {
        Engine.getInstance().setRandomSeed(seed);
        return ensemble.forward(new ParameterStore(manager, false), given.inputs(), true);
    }

    private NDArray loss(Given given, NDList predictions, int task) {
        return objectives
                .get(task)
                .get(predictions.get(outputs[task]), given.answers().get(task), given.weights());
    }

    private double[] factors(double[][] products, double[] weights, long number) {
        if (surgery == null || weights.length < 2) {
            return weights;
        }
        double[][] weighed = new double[weights.length][weights.length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                weighed[i][j] = weights[i] * weights[j] * products[i][j];
            }
        }
        double[] factors = surgery.getFactors(weighed, Seeds.random(seed, SURGERY, number));
        for (int i = 0; i < factors.length; i++) {
            factors[i] *= weights[i];
        }
        return factors;
    }

    /** The sum of rows, each multiplied by a factor. */
    private static NDArray combine(NDArray rows, double[] factors, NDManager manager) {
        float[] numbers = new float[factors.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) factors[i];
        }
        return manager.create(numbers, new Shape(1, numbers.length)).matMul(rows).squeeze(0);
    }

    private static double[][] square(NDArray matrix, int size) {
        float[] numbers = matrix.toFloatArray();
        double[][] rows = new double[size][size];
        for (int i = 0; i < numbers.length; i++) {
            rows[i / size][i % size] = numbers[i];
        }
        return rows;
    }

    private double[] nothing() {
        double[] none = new double[outputs.length];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /** Puts numbers of the tasks that have a part in a step into their places. */
    private static void fill(double[] all, double[] weights, float[] numbers) {
        int at = 0;
        for (int t = 0; t < weights.length; t++) {
            if (weights[t] > 0) {
                all[t] = numbers[at++];
            }
        }
    }

    private static double[][] spread(double[][] products, double[] weights) {
        int tasks = weights.length;
        int[] places = new int[products.length];
        int at = 0;
        for (int t = 0; t < tasks; t++) {
            if (weights[t] > 0) {
                places[at++] = t;
            }
        }
        double[][] all = new double[tasks][tasks];
        for (double[] row : all) {
            Arrays.fill(row, Double.NaN);
        }
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < places.length; j++) {
                all[places[i]][places[j]] = products[i][j];
            }
        }
        return all;
    }
}
