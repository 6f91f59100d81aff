/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import dev.polyphony.nn.layer.EnsembleActivation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays and numbers: the values of DJL, and the derivatives of calculus. */
class ScalarsTest {

    private static final float[] X = {0.5f, 2, 7};

    enum Operation {
        MUL(x -> Scalars.mul(x, 0.3f), x -> x.mul(0.3f), 0.3, 0.3, 0.3),
        DIV(x -> Scalars.div(x, 3), x -> x.div(3), 1 / 3.0, 1 / 3.0, 1 / 3.0),
        POW(x -> Scalars.pow(x, 3), x -> x.pow(3), 0.75, 12, 147),
        MAXIMUM(x -> Scalars.maximum(x, 1.5), x -> x.maximum(1.5), 0, 1, 1),
        MINIMUM(x -> Scalars.minimum(x, 6), x -> x.minimum(6), 1, 1, 0),
        SCALE_GRADIENT(
                x -> Scalars.scaleGradient(x, 0.3), x -> x.scaleGradient(0.3), 0.3, 0.3, 0.3),
        RELU6(EnsembleActivation::relu6, Activation::relu6, 1, 1, 0),
        SWISH(
                x -> EnsembleActivation.swish(x, 2),
                x -> Activation.swish(x, 2),
                swishSlope(0.5),
                swishSlope(2),
                swishSlope(7));

        private final UnaryOperator<NDArray> ours;
        private final UnaryOperator<NDArray> djl;
        private final double[] slopes;

        Operation(UnaryOperator<NDArray> ours, UnaryOperator<NDArray> djl, double... slopes) {
            this.ours = ours;
            this.djl = djl;
            this.slopes = slopes;
        }

        private static double swishSlope(double x) {
            double s = 1 / (1 + Math.exp(-2 * x));
            return s + 2 * x * s * (1 - s);
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfDjl(Operation operation) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.create(X);
            assertArrayEquals(
                    operation.djl.apply(x).toFloatArray(), operation.ours.apply(x).toFloatArray());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MUL", "DIV", "POW"})
    void typesAreThoseOfDjl(Operation operation) {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (NDArray x :
                    List.of(
                            manager.create(new double[] {0.1, 3}),
                            manager.create(new int[] {2, 3}),
                            manager.create(new long[] {2, 3}))) {
                NDArray expected = operation.djl.apply(x);
                NDArray actual = operation.ours.apply(x);
                assertEquals(expected.getDataType(), actual.getDataType());
                assertArrayEquals(expected.toByteArray(), actual.toByteArray());
            }
        }
    }

    /** Between the passes the memory of Java's freed buffers is given to others. */
    @ParameterizedTest
    @EnumSource
    void gradientsOutliveTheScalars(Operation operation) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.create(X);
            x.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                List<NDArray> results = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    results.add(operation.ours.apply(x));
                }
                List<ByteBuffer> others = overwriteFreedMemory();
                NDArray sum = manager.zeros(x.getShape());
                for (NDArray result : results) {
                    sum = sum.add(result);
                }
                collector.backward(sum);
                others.clear();
            }
            float[] gradient = x.getGradient().toFloatArray();
            for (int i = 0; i < X.length; i++) {
                assertEquals(operation.slopes[i], gradient[i] / 20, 1e-5 * (1 + gradient[i]));
            }
        }
    }

    private static List<ByteBuffer> overwriteFreedMemory() {
        List<ByteBuffer> others = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (int i = 0; i < 2000; i++) {
                others.add(ByteBuffer.allocateDirect(4 + i % 5).put(0, (byte) 77));
            }
        }
        return others;
    }
}
