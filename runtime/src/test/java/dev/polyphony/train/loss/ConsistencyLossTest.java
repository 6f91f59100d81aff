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
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

/** Against the formula in double precision, differentiated by central differences. */
class ConsistencyLossTest {

    /** Two examples in three forms, two members, three classes. */
    private static final Shape SHAPE = new Shape(2, 3, 2, 3);

    private static final float[] LOGITS = {
        0.5f, -1, 2, 1.5f, 0.25f, -0.75f, 0, 1, -2, 0.5f, 0.5f, 1, 3, -0.5f, 0.75f, -1.25f, 0, 2.5f,
        1, 1, 1, -2, 0.5f, 0, 0.25f, -0.25f, 0.125f, 2, -3, 1, -0.5f, 4, 0.5f, 0, 0, -1
    };

    private static final float[] GRADIENTS = {
        -0.500285f,
        -0.187188f,
        0.687473f,
        0.473457f,
        -0.130291f,
        -0.343166f,
        -0.531802f,
        0.718643f,
        -0.186841f,
        -0.129021f,
        0.202057f,
        -0.073036f,
        0.447101f,
        -0.144236f,
        -0.302865f,
        -0.136861f,
        -0.202393f,
        0.339255f,
        0.151980f,
        -0.330288f,
        0.178308f,
        -0.237991f,
        0.253261f,
        -0.015270f,
        0.263909f,
        -0.436173f,
        0.172264f,
        0.257747f,
        -0.045694f,
        -0.212053f,
        -0.078027f,
        0.229836f,
        -0.151809f,
        0.017536f,
        0.154161f,
        -0.171697f
    };

    @Test
    void isEquationThreeForEachMember() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.create(LOGITS, SHAPE);
            assertEquals(7.760521, loss(Reduction.SUM).evaluate(logits).getFloat(), 1e-5);
            assertEquals(3.880261, loss(Reduction.MEAN).evaluate(logits).getFloat(), 1e-5);

            logits.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(loss(Reduction.SUM).evaluate(logits));
            }
            assertArrayEquals(GRADIENTS, logits.getGradient().toFloatArray(), 2e-5f);
        }
    }

    private static ConsistencyLoss loss(Reduction reduction) {
        return new ConsistencyLoss(12, 3, reduction);
    }

    @Test
    void sureAnswersHaveNumbers() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray same = manager.create(new float[] {90, -90, 90, -90, 90, -90});
            assertEquals(0, loss(Reduction.MEAN).evaluate(same.reshape(1, 3, 1, 2)).getFloat());
            // one form against two: log(3/2) * 2/3 + log(3) / 3
            NDArray other = manager.create(new float[] {90, -90, 90, -90, -90, 90});
            assertEquals(
                    12 * 0.636514,
                    loss(Reduction.MEAN).evaluate(other.reshape(1, 3, 1, 2)).getFloat(),
                    1e-4);
        }
    }

    @Test
    void otherShapesAreRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray two = manager.zeros(new Shape(4, 2, 2, 3));
            assertThrows(IllegalArgumentException.class, () -> loss(Reduction.SUM).evaluate(two));
        }
    }
}
