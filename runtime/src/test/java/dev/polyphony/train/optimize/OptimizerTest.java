/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.util.PairList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Updates by hand. */
class OptimizerTest {

    private NDManager manager;
    private NDArray weight;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        weight = manager.create(new float[] {1});
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private float update(GroupedOptimizer optimizer, String id, float gradient) {
        optimizer.update(id, weight, manager.create(new float[] {gradient}));
        return weight.getFloat();
    }

    @Test
    void nesterovLooksAhead() {
        try (Sgd sgd =
                Sgd.builder()
                        .optLearningRate(0.1)
                        .optMomentum(0.9)
                        .optNesterov(true)
                        .optWeightDecays(0.1f)
                        .build()) {
            // g = 0.6, v = 0.6, w = 1 - 0.1 (0.6 + 0.54)
            assertEquals(0.886, update(sgd, "w", 0.5f), 1e-6);
            // g = 0.5886, v = 1.1286, w = 0.886 - 0.1 (0.5886 + 1.01574)
            assertEquals(0.725566, update(sgd, "w", 0.5f), 1e-6);
        }
    }

    @Test
    void aNewLearningRateWorksAtOnce() {
        try (Sgd sgd =
                Sgd.builder()
                        .optLearningRateTracker((id, update) -> update == 1 ? 0.1f : 0.01f)
                        .optMomentum(0.5)
                        .build()) {
            assertEquals(0.9, update(sgd, "w", 1), 1e-6);
            // v = 1.5; a velocity that held the old rate would give 0.84
            assertEquals(0.885, update(sgd, "w", 1), 1e-6);
        }
    }

    @Test
    void adamAddsEpsilonToTheCorrectedRoot() {
        try (Adam adam = Adam.builder().optLearningRate(0.1).optEpsilon(0.1).build()) {
            // m = 0.5 and sqrt(v) = 0.5 after correction: 1 - 0.1 * 0.5 / 0.6
            assertEquals(1 - 0.05 / 0.6, update(adam, "w", 0.5f), 1e-6);
            // m = (0.9 * 0.05 - 0.1 * 0.2) / 0.19, v = (0.999 * 0.00025 + 0.001 * 0.04) / 0.001999
            double m = 0.025 / 0.19;
            double v = 0.00028975 / 0.001999;
            double expected = 1 - 0.05 / 0.6 - 0.1 * m / (Math.sqrt(v) + 0.1);
            assertEquals(expected, update(adam, "w", -0.2f), 2e-6);
        }
    }

    @Test
    void fastWeightsHaveTheirOwnRateAndNoDecay() {
        Parameter fast = Parameter.builder().setName("r").setType(Parameter.Type.OTHER).build();
        try (Sgd sgd =
                Sgd.builder()
                        .optLearningRate(0.1)
                        .optWeightDecays(0.1f)
                        .optFastWeights(List.of(fast), 0.5)
                        .build()) {
            assertEquals(0.975, update(sgd, fast.getId(), 0.5f), 1e-6);
            weight.set(new float[] {1});
            assertEquals(0.94, update(sgd, "slow", 0.5f), 1e-6);
        }
    }

    @Test
    void parametersHaveStatesOfTheirOwn() {
        try (Sgd sgd = Sgd.builder().optLearningRate(0.1).optMomentum(0.9).build()) {
            assertEquals(0.9, update(sgd, "a", 1), 1e-6);
            assertEquals(0.8, update(sgd, "b", 1), 1e-6);
            assertEquals(0.61, update(sgd, "a", 1), 1e-6);
        }
    }

    @Test
    void decoupledDecayShrinksBeforeTheStep() {
        try (Adam adam =
                Adam.builder()
                        .optLearningRate(0.1)
                        .optWeightDecays(0.1f)
                        .optDecoupledDecay(true)
                        .build()) {
            // 1 * (1 - 0.01) - 0.1 * 0.5 / 0.5
            assertEquals(0.89, update(adam, "w", 0.5f), 1e-6);
            double m = 0.025 / 0.19;
            double v = 0.00028975 / 0.001999;
            double expected = 0.89 * 0.99 - 0.1 * m / Math.sqrt(v);
            assertEquals(expected, update(adam, "w", -0.2f), 2e-6);
        }
    }

    @Test
    void undecayedParametersDoNotDecay() {
        Parameter bias = Parameter.builder().setName("b").setType(Parameter.Type.BIAS).build();
        try (Sgd sgd =
                Sgd.builder()
                        .optLearningRate(0.1)
                        .optWeightDecays(0.1f)
                        .optUndecayed(List.of(bias))
                        .build()) {
            assertEquals(0.95, update(sgd, bias.getId(), 0.5f), 1e-6);
        }
    }

    @Test
    void goesOnFromSavedState() throws IOException {
        Parameter first = parameter("w");
        Parameter second = parameter("w");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Adam adam = Adam.builder().optLearningRate(0.1).build();
                Adam other = Adam.builder().optLearningRate(0.1).build()) {
            update(adam, first.getId(), 0.5f);
            update(adam, first.getId(), -0.2f);
            adam.saveState(named("net.w", first), new DataOutputStream(bytes));
            float before = weight.getFloat();
            float expected = update(adam, first.getId(), 0.3f);

            weight.set(new float[] {before});
            other.loadState(named("net.w", second), List.of(weight.getDevice()), in(bytes));

            assertEquals(expected, update(other, second.getId(), 0.3f));
            IOException error =
                    assertThrows(
                            IOException.class,
                            () ->
                                    other.loadState(
                                            named("net.v", second),
                                            List.of(weight.getDevice()),
                                            in(bytes)));
            assertTrue(error.getMessage().contains("'net.w'"), error.getMessage());
        }
    }

    @Test
    void momentumGoesOnFromSavedStateAtAnotherRate() throws IOException {
        Parameter first = parameter("w");
        Parameter second = parameter("w");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Sgd sgd = Sgd.builder().optLearningRate(0.1).optMomentum(0.5).build();
                Sgd other = Sgd.builder().optLearningRate(0.01).optMomentum(0.5).build()) {
            update(sgd, first.getId(), 1);
            sgd.saveState(named("w", first), new DataOutputStream(bytes));
            other.loadState(named("w", second), List.of(weight.getDevice()), in(bytes));
            // v = 0.5 * 1 + 1
            assertEquals(0.9 - 0.01 * 1.5, update(other, second.getId(), 1), 1e-6);
        }
    }

    @Test
    void refusesTheStateOfAnotherOptimizer() throws IOException {
        Sgd.Builder momentum = Sgd.builder().optLearningRate(0.1).optMomentum(0.5);
        try (Sgd sgd = momentum.build();
                Adam adam = Adam.builder().build();
                Sgd plain = Sgd.builder().build();
                Sgd nesterov = Sgd.builder().optMomentum(0.5).optNesterov(true).build()) {
            Parameter parameter = parameter("w");
            update(sgd, parameter.getId(), 1);
            for (GroupedOptimizer other : List.of(adam, plain, nesterov)) {
                update(other, parameter.getId(), 1);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                other.saveState(named("w", parameter), new DataOutputStream(bytes));
                assertNotLoaded("The state is that of " + other.getKind(), sgd, parameter, bytes);
            }
            weight.set(new float[] {1});
            // v = 0.5 * 1 + 1, as if nothing had been tried
            assertEquals(0.85, update(sgd, parameter.getId(), 1), 1e-6);
        }
    }

    @Test
    void aStateThatEndsEarlyChangesNothing() throws IOException {
        try (Sgd sgd = Sgd.builder().optLearningRate(0.1).optMomentum(0.5).build();
                Sgd other = Sgd.builder().optLearningRate(0.1).optMomentum(0.5).build()) {
            Parameter first = parameter("a");
            Parameter second = parameter("b");
            PairList<String, Parameter> both = named("a", first);
            both.add("b", second);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            update(sgd, first.getId(), 8);
            update(sgd, second.getId(), 8);
            sgd.saveState(both, new DataOutputStream(bytes));
            byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(cut));
            update(other, first.getId(), 1);
            assertThrows(
                    IOException.class,
                    () -> other.loadState(both, List.of(weight.getDevice()), in));
            weight.set(new float[] {1});
            assertEquals(0.85, update(other, first.getId(), 1), 1e-6);
        }
    }

    private void assertNotLoaded(
            String message,
            GroupedOptimizer optimizer,
            Parameter parameter,
            ByteArrayOutputStream bytes) {
        IOException refused =
                assertThrows(
                        IOException.class,
                        () ->
                                optimizer.loadState(
                                        named("w", parameter),
                                        List.of(weight.getDevice()),
                                        in(bytes)));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private Parameter parameter(String name) {
        Parameter parameter =
                Parameter.builder().setName(name).setType(Parameter.Type.BIAS).build();
        parameter.setShape(weight.getShape());
        parameter.initialize(manager, DataType.FLOAT32);
        return parameter;
    }

    private static PairList<String, Parameter> named(String name, Parameter parameter) {
        PairList<String, Parameter> parameters = new PairList<>();
        parameters.add(name, parameter);
        return parameters;
    }

    private static DataInputStream in(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void refusesClipping() {
        Sgd.Builder builder = Sgd.builder().optClipGrad(1);
        assertThrows(IllegalArgumentException.class, builder::build);
    }
}
