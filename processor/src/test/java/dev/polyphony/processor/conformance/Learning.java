/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.Ensemble;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten steps of stochastic gradient descent on one batch, each member with its own examples and
 * random targets. The loss is the mean squared error, which suits outputs of any kind.
 */
final class Learning {

    private static final int STEPS = 10;
    private static final int EXAMPLES = 8;
    private static final float RATE = 0.001f;

    private Learning() {}

    static void verify(Exhibit exhibit) {
        try (NDManager scope = exhibit.manager().newSubManager()) {
            NDList x = exhibit.base().randomInputs(scope, EXAMPLES, exhibit.members());
            NDList targets = new NDList();
            exhibit.setup()
                    .outputShapes(EXAMPLES, exhibit.members())
                    .forEach(shape -> targets.add(scope.randomUniform(0, 1, shape)));
            List<Float> losses = new ArrayList<>();
            for (int step = 0; step <= STEPS; step++) {
                losses.add(step(exhibit.network(), x, targets, scope, step < STEPS));
            }
            assertTrue(
                    losses.get(STEPS) < losses.get(0),
                    () -> "%d steps do not lower the loss: %s".formatted(STEPS, losses));
        }
    }

    private static float step(
            Ensemble network, NDList x, NDList targets, NDManager scope, boolean isTraining) {
        List<NDArray> trained =
                network.getParameters().values().stream()
                        .filter(Parameter::requiresGradient)
                        .map(Parameter::getArray)
                        .toList();
        try (NDManager pass = scope.newSubManager()) {
            NDList own = new NDList();
            x.forEach(
                    each -> {
                        NDArray copy = each.duplicate();
                        copy.attach(pass);
                        own.add(copy);
                    });
            // the same features are dropped in each step
            Engine.getInstance().setRandomSeed(11);
            float value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                trained.forEach(array -> array.setRequiresGradient(true));
                NDList y = network.forward(new ParameterStore(pass, false), own, true);
                NDArray loss = pass.zeros(new ai.djl.ndarray.types.Shape());
                for (int i = 0; i < y.size(); i++) {
                    NDArray error = y.get(i).sub(targets.get(i));
                    loss = loss.add(error.mul(error).mean());
                }
                if (isTraining) {
                    collector.backward(loss);
                }
                value = loss.getFloat();
            }
            if (isTraining) {
                descend(trained, pass);
            }
            return value;
        }
    }

    /** Plain descent along a gradient whose length is at most 1. */
    private static void descend(List<NDArray> trained, NDManager pass) {
        double squares = 0;
        NDList gradients = new NDList();
        for (NDArray array : trained) {
            NDArray gradient = array.getGradient();
            gradient.attach(pass);
            gradients.add(gradient);
            squares += Math.pow(gradient.norm().getFloat(), 2);
        }
        float rate = (float) (RATE / Math.max(1, Math.sqrt(squares)));
        for (int i = 0; i < trained.size(); i++) {
            trained.get(i).subi(gradients.get(i).muli(rate));
            gradients.get(i).subi(gradients.get(i));
        }
    }
}
