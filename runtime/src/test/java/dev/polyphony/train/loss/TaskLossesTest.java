/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Losses and their gradients, as numpy and hand have them. */
class TaskLossesTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private record Result(double loss, float[] gradient) {}

    private Result run(Loss loss, NDArray predictions, NDArray... labels) {
        predictions.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.evaluate(new NDList(labels), new NDList(predictions));
            collector.backward(value);
            return new Result(value.getFloat(), predictions.getGradient().toFloatArray());
        }
    }

    @Test
    void distillationIsThatOfNumpy() {
        NDArray logits =
                manager.create(new float[] {1, 2, -0.5f, 0.3f, -1, 0.8f}, new Shape(2, 1, 3));
        NDArray teacher =
                manager.create(new float[] {.2f, .7f, .1f, .5f, .25f, .25f}, new Shape(2, 3));
        Result result = run(new DistillationLoss(Reduction.MEAN, 3), logits, teacher);
        assertEquals(0.8158175286310032, result.loss, 1e-5);
        assertArrayEquals(
                new float[] {
                    0.199643074174f,
                    -0.352691917574f,
                    0.1530488434f,
                    -0.21990936141f,
                    -0.031318734252f,
                    0.251228095661f
                },
                result.gradient,
                1e-5f);
    }

    @Test
    void distillationEndsWhereStudentAndTeacherAgree() {
        NDArray logits = manager.create(new float[] {0, 200, -200, 0}, new Shape(1, 2, 2));
        NDArray teacher = manager.create(new float[] {0, 1, 0, 1}, new Shape(1, 2, 2));
        Result result = run(new DistillationLoss(Reduction.SUM, 1), logits, teacher);
        assertEquals(0, result.loss, 1e-6);
        assertArrayEquals(new float[4], result.gradient, 1e-6f);
    }

    @Test
    void distillationRefusesOtherShapes() {
        NDArray logits = manager.ones(new Shape(2, 2, 3));
        Loss loss = new DistillationLoss(Reduction.MEAN, 2);
        assertThrows(
                IllegalArgumentException.class,
                () -> loss.evaluate(new NDList(manager.ones(new Shape(2, 4))), new NDList(logits)));
        assertThrows(IllegalArgumentException.class, () -> new DistillationLoss(Reduction.MEAN, 0));
    }

    /** Two members with two numbers each: errors 0.5, -3, 2, 0. */
    @Test
    void huberByHand() {
        NDArray predictions = manager.create(new float[] {1.5f, 2, 3, 5}, new Shape(1, 2, 2));
        NDArray targets = manager.create(new float[] {1, 5}, new Shape(1, 2));
        Result result = run(new HuberMemberLoss(Reduction.SUM), predictions, targets);
        assertEquals((0.125 + 2.5) / 2 + (1.5 + 0) / 2, result.loss, 1e-6);
        assertArrayEquals(new float[] {0.25f, -0.5f, 0.5f, 0}, result.gradient, 1e-6f);
    }

    @Test
    void absoluteByHand() {
        NDArray predictions = manager.create(new float[] {1.5f, 2, 3, 4}, new Shape(1, 2, 2));
        NDArray targets = manager.create(new float[] {1, 5}, new Shape(1, 2));
        Result result = run(new AbsoluteMemberLoss(Reduction.MEAN), predictions, targets);
        assertEquals((0.5 + 3 + 2 + 1) / 4, result.loss, 1e-6);
        assertArrayEquals(new float[] {0.25f, -0.25f, 0.25f, -0.25f}, result.gradient, 1e-6f);
    }
}
