/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates of joined parameters against updates of each alone. */
class JoinedUpdatesTest {

    private static final Device CPU = Device.cpu();

    /** Odd sizes, which fill no vector register, one that is too large to join, and a number. */
    private static final List<Shape> SHAPES =
            List.of(
                    new Shape(13, 7),
                    new Shape(13),
                    new Shape(200, 201),
                    new Shape(5, 13, 3),
                    new Shape(),
                    new Shape(1));

    private static List<Parameter> parameters(NDManager manager) {
        Engine.getInstance().setRandomSeed(7);
        List<Parameter> parameters = new ArrayList<>();
        for (Shape shape : SHAPES) {
            Parameter parameter =
                    Parameter.builder()
                            .setName("p" + parameters.size())
                            .setType(Parameter.Type.WEIGHT)
                            .optShape(shape)
                            .optInitializer(new NormalInitializer(1))
                            .build();
            parameter.initialize(manager, DataType.FLOAT32);
            parameters.add(parameter);
        }
        return parameters;
    }

    /** The gradient of the sum of sin(w * f), where f depends on the step. */
    private static void differentiate(List<Parameter> parameters, NDManager manager, int step) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            for (Parameter parameter : parameters) {
                NDArray factor = scope.full(new Shape(), 1 + step % 3);
                NDArray product = parameter.getArray().mul(factor);
                product.attach(scope);
                collector.backward(product.sin().sum());
            }
        }
    }

    private static float[][] values(List<Parameter> parameters) {
        return parameters.stream().map(p -> p.getArray().toFloatArray()).toArray(float[][]::new);
    }

    private static void updateEach(GroupedOptimizer optimizer, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            NDArray weight = parameter.getArray();
            try (NDArray gradient = weight.getGradient();
                    NDArray copy = gradient.duplicate()) {
                optimizer.update(parameter.getId(), weight, copy);
            }
        }
    }

    private static Stream<Arguments> optimizers() {
        return Stream.of(
                optimizer("Adam", p -> rates(Adam.builder(), p).build()),
                optimizer("AdamW", p -> rates(Adam.builder().optDecoupledDecay(true), p).build()),
                optimizer("SGD", p -> rates(Sgd.builder(), p).build()),
                optimizer("momentum", p -> rates(Sgd.builder().optMomentum(0.9), p).build()),
                optimizer(
                        "Nesterov",
                        p -> rates(Sgd.builder().optMomentum(0.9).optNesterov(true), p).build()));
    }

    private static Arguments optimizer(
            String name, Function<List<Parameter>, GroupedOptimizer> make) {
        return Arguments.of(name, make);
    }

    /** A falling rate, two fast parameters, and two without decay. */
    private static <B extends GroupedOptimizer.Builder<B>> B rates(
            B builder, List<Parameter> parameters) {
        return builder.optLearningRateTracker((id, update) -> 0.05f / update)
                .optFastWeights(List.of(parameters.get(2), parameters.get(5)), 0.5)
                .optUndecayed(List.of(parameters.get(1), parameters.get(4)))
                .optWeightDecays(0.01f);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void givesTheSameBitsAsUpdatesOfEach(
            String name, Function<List<Parameter>, GroupedOptimizer> make) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(CPU)) {
            List<Parameter> each = parameters(manager);
            List<Parameter> together = parameters(manager);
            assertArrayEquals(values(each), values(together));
            try (GroupedOptimizer one = make.apply(each);
                    GroupedOptimizer other = make.apply(together)) {
                // two updates before, so that there are states to join
                for (int step = 0; step < 2; step++) {
                    differentiate(each, manager, step);
                    updateEach(one, each);
                    differentiate(together, manager, step);
                    updateEach(other, together);
                }
                try (JoinedUpdates joined = new JoinedUpdates(other, together, CPU)) {
                    for (int step = 2; step < 9; step++) {
                        differentiate(each, manager, step);
                        updateEach(one, each);
                        differentiate(together, manager, step);
                        joined.update();
                        assertArrayEquals(values(each), values(together));
                    }
                    joined.requireJoined();
                }
                assertArrayEquals(saved(one, each), saved(other, together));
            }
        }
    }

    private static byte[] saved(GroupedOptimizer optimizer, List<Parameter> parameters)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        optimizer.saveState(named(parameters), new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static PairList<String, Parameter> named(List<Parameter> parameters) {
        PairList<String, Parameter> named = new PairList<>();
        parameters.forEach(parameter -> named.add(parameter.getName(), parameter));
        return named;
    }

    @Test
    void leavesParametersThatStandApartApart() {
        try (NDManager manager = NDManager.newBaseManager(CPU);
                GroupedOptimizer optimizer = Adam.builder().build()) {
            List<Parameter> parameters = parameters(manager);
            List<Parameter> copies = parameters(manager);
            differentiate(parameters, manager, 0);
            updateEach(optimizer, parameters.subList(0, 1));
            differentiate(copies, manager, 0);
            try (GroupedOptimizer same = Adam.builder().build();
                    JoinedUpdates joined = new JoinedUpdates(optimizer, parameters, CPU)) {
                updateEach(same, copies.subList(0, 1));
                differentiate(parameters, manager, 1);
                joined.update();
                differentiate(copies, manager, 1);
                updateEach(same, copies);
            }
            assertArrayEquals(values(copies), values(parameters));
        }
    }

    @Test
    void findsParametersThatWereGivenOtherMemory() {
        try (NDManager manager = NDManager.newBaseManager(CPU);
                GroupedOptimizer optimizer = Adam.builder().build()) {
            List<Parameter> parameters = parameters(manager);
            try (JoinedUpdates joined = new JoinedUpdates(optimizer, parameters, CPU)) {
                NDArray bias = parameters.get(1).getArray();
                bias.stopGradient().subi(manager.ones(bias.getShape()));
                joined.requireJoined();
                bias.set(new float[13]);
                IllegalStateException e =
                        assertThrows(IllegalStateException.class, joined::requireJoined);
                assertTrue(e.getMessage().startsWith("The parameter p1, (13)"), e.getMessage());
            }
        }
    }

    @Test
    void refusesAStateThatComesLate() throws IOException {
        try (NDManager manager = NDManager.newBaseManager(CPU);
                GroupedOptimizer optimizer = Adam.builder().build()) {
            List<Parameter> parameters = parameters(manager);
            byte[] state = saved(optimizer, parameters);
            try (JoinedUpdates joined = new JoinedUpdates(optimizer, parameters, CPU)) {
                joined.update();
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                optimizer.loadState(
                                        named(parameters),
                                        List.of(CPU),
                                        new DataInputStream(new ByteArrayInputStream(state))));
            }
        }
    }

    @Test
    void keepsNoArrays() {
        try (NDManager manager = NDManager.newBaseManager(CPU);
                GroupedOptimizer optimizer = Adam.builder().build()) {
            List<Parameter> parameters = parameters(manager);
            try (JoinedUpdates joined = new JoinedUpdates(optimizer, parameters, CPU)) {
                assertEquals(SHAPES.size(), manager.getManagedArrays().size());
                differentiate(parameters, manager, 0);
                joined.update();
                joined.requireJoined();
                assertEquals(SHAPES.size(), manager.getManagedArrays().size());
            }
            parameters.forEach(parameter -> parameter.getArray().toFloatArray());
        }
    }
}
