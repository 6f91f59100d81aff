/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clipping of a gradient of 3 in one parameter and 4 in another, whose norm is 5. */
class GradientsTest {

    @ParameterizedTest
    @CsvSource({"2.5, 0.5", "5, 1", "10, 1", "0.05, 0.01"})
    void scalesAllByOneFactor(double bound, float factor) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Parameter first = parameter("a", manager);
            Parameter second = parameter("b", manager);
            Parameter idle = parameter("idle", manager);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray three = manager.create(new float[] {3});
                NDArray four = manager.create(new float[] {4});
                collector.backward(
                        first.getArray().mul(three).add(second.getArray().mul(four)).sum());
            }

            NDList gradients = new NDList();
            for (Parameter parameter : List.of(first, second, idle)) {
                gradients.add(parameter.getArray().getGradient());
            }
            Gradients.clip(gradients, bound, manager.newSubManager());

            assertArrayEquals(new float[] {3 * factor}, gradient(first), 1e-5f);
            assertArrayEquals(new float[] {4 * factor}, gradient(second), 1e-5f);
        }
    }

    private static Parameter parameter(String name, NDManager manager) {
        Parameter parameter =
                Parameter.builder().setName(name).setType(Parameter.Type.BIAS).build();
        parameter.setShape(new Shape(1));
        parameter.initialize(manager, DataType.FLOAT32);
        return parameter;
    }

    private static float[] gradient(Parameter parameter) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
            return gradient.toFloatArray();
        }
    }
}
