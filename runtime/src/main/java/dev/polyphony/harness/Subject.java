/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.nn.DropoutEnsemble;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.cost.NetworkCost;
import dev.polyphony.report.Role;
import dev.polyphony.train.MemberPrediction;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What is judged: a network, and what its training cost.
 *
 * @param name the name for readers
 * @param settings the method's settings in words
 * @param recipe how it was trained, in words
 * @param task what it was trained for
 * @param ensemble the network
 * @param manager a manager on its device
 * @param aggregation how its members are pooled
 * @param training what its training cost; its other costs are not measured
 * @param role what it is in the comparison
 */
record Subject(
        String name,
        String settings,
        String recipe,
        Task task,
        Ensemble ensemble,
        NDManager manager,
        Aggregation aggregation,
        Cost training,
        Role role) {

    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double MEBIBYTE = 1 << 20;

    /**
     * Takes a trained ensemble.
     *
     * @param trained the ensemble
     * @param name the name for readers
     * @param peak the bytes that its training held at its peak, if they are known
     */
    static Subject of(TrainedEnsemble trained, String name, OptionalDouble peak) {
        Cost training =
                new Cost(
                        trained.getParameterCount(),
                        Double.NaN,
                        trained.getForwardCalls(),
                        trained.getTrainingSeconds(),
                        peak.orElse(Double.NaN) / MEBIBYTE,
                        Double.NaN);
        return new Subject(
                name,
                Facts.settings(trained.getRecipe()),
                Facts.recipe(trained),
                trained.getDescription().task(),
                trained.getEnsemble(),
                trained.getModel().getNDManager(),
                trained.getRecipe().aggregation(),
                training,
                Facts.role(trained.getRecipe().form()));
    }

    /** The same training, asked with dropout on. Only a plain model is. */
    Subject withDropout(int passes, long seed) {
        Block model = ensemble.getChildren().valueAt(0);
        DropoutEnsemble dropout = DropoutEnsemble.of(model, passes, seed, manager);
        return new Subject(
                DropoutRow.NAME,
                dropout.getForm().getSettings(),
                "the plain model as it was trained, asked %d times with dropout on"
                        .formatted(passes),
                task,
                dropout,
                manager,
                Aggregation.PROBABILITIES,
                training,
                Role.FORM);
    }

    /** What a report says of it, of the costs only those of training. */
    RowDescription describe() {
        int members = ensemble.getMembers();
        int classes =
                MemberPrediction.requireClasses(
                        ensemble.getOutputShapes(ensemble.getInputShapes())[0], members);
        return new RowDescription(
                name, settings, recipe, task, members, classes, aggregation, training, role);
    }

    /** Judges it, by answers that are asked for now. */
    JudgedRow judge(Judging by) throws IOException {
        return JudgedRow.of(describe(), RowAnswers.of(this), by).with(getCost(by.test()));
    }

    /** What training cost, and predictions do. */
    Cost getCost(Examples test) {
        return getCost(measureInference(test));
    }

    /** The same, with the time of predictions given: NaN if it is not measured. */
    Cost getCost(double inferenceMillisecondsPer1000) {
        NetworkCost network = NetworkCost.of(ensemble, manager);
        return new Cost(
                training.parameters(),
                network.getUncounted().isEmpty()
                        ? network.getEnsemble().multiplyAdds()
                        : Double.NaN,
                training.forwardCalls(),
                training.trainingSeconds(),
                training.peakMebibytes(),
                inferenceMillisecondsPer1000);
    }

    /** The milliseconds that 1000 examples take: a median, on data that were predicted before. */
    private double measureInference(Examples data) {
        double[] passes = new double[Facts.PASSES];
        for (int i = 0; i < passes.length; i++) {
            long begin = System.nanoTime();
            MemberPrediction.stream(ensemble, manager, data, (scores, labels) -> {});
            passes[i] = (System.nanoTime() - begin) / NANOS_PER_MILLISECOND;
        }
        Arrays.sort(passes);
        return passes[passes.length / 2] * 1000 / data.size();
    }
}
