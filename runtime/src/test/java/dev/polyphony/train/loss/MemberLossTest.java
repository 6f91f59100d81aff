/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemberLossTest {

    private static final Shape LOGITS = new Shape(2, 2, 3);
    private static final float[] VALUES = {1, 2, 0, -1, 0, 1, 0.5f, 0, 0, 2, -2, 1};
    private static final MemberLoss SUM = new MemberLoss(Reduction.SUM);
    private static final MemberLoss MEAN = new MemberLoss(Reduction.MEAN);

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDList own() {
        return new NDList(manager.create(new long[] {1, 2, 0, 0}, new Shape(2, 2)));
    }

    private float loss(Loss loss, NDList labels) {
        return loss.evaluate(labels, new NDList(manager.create(VALUES, LOGITS))).getFloat();
    }

    private static double crossEntropy(int row, int label) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += Math.exp(VALUES[row * 3 + c]);
        }
        return Math.log(sum) - VALUES[row * 3 + label];
    }

    @Test
    void sumsOrAveragesOverMembers() {
        double all =
                crossEntropy(0, 1) + crossEntropy(1, 2) + crossEntropy(2, 0) + crossEntropy(3, 0);
        assertEquals(all / 2, loss(SUM, own()), 1e-6);
        assertEquals(all / 4, loss(MEAN, own()), 1e-6);
    }

    @Test
    void sharedLabelsAreThoseOfEachMember() {
        NDList shared = new NDList(manager.create(new long[] {1, 2}));
        double all =
                crossEntropy(0, 1) + crossEntropy(1, 1) + crossEntropy(2, 2) + crossEntropy(3, 2);
        assertEquals(all / 2, loss(SUM, shared), 1e-6);
    }

    @Test
    void weighsEachLoss() {
        NDList weighted = own();
        weighted.add(manager.create(new float[] {0, 2, 1.5f, 0.5f}, new Shape(2, 2)));
        double all = 2 * crossEntropy(1, 2) + 1.5 * crossEntropy(2, 0) + 0.5 * crossEntropy(3, 0);
        assertEquals(all / 2, loss(SUM, weighted), 1e-6);
    }

    @Test
    void weighsEachExample() {
        NDList weighted = own();
        weighted.add(manager.create(new float[] {2, 0.5f}));
        double first = crossEntropy(0, 1) + crossEntropy(1, 2);
        double second = crossEntropy(2, 0) + crossEntropy(3, 0);
        assertEquals((2 * first + 0.5 * second) / 2, loss(SUM, weighted), 1e-6);
    }

    @Test
    void refusesWeightsOfOtherShapes() {
        for (Shape shape :
                List.of(
                        new Shape(2, 1),
                        new Shape(1, 2),
                        new Shape(1),
                        new Shape(),
                        new Shape(3),
                        new Shape(2, 2, 2))) {
            NDList weighted = own();
            weighted.add(manager.ones(shape));
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> loss(SUM, weighted));
            String expected = "Weights must be (2) or (2, 2), for losses (2, 2), but are " + shape;
            assertEquals(expected, e.getMessage());
        }
    }

    private NDList soft() {
        float[] targets = {0, 0.25f, 0.75f, 0, 0, 1, 1, 0, 0, 0.5f, 0.5f, 0};
        return new NDList(manager.create(targets, LOGITS));
    }

    @Test
    void softLabelsWeighTheClasses() {
        double[] each = {
            0.25 * crossEntropy(0, 1) + 0.75 * crossEntropy(0, 2),
            crossEntropy(1, 2),
            crossEntropy(2, 0),
            0.5 * crossEntropy(3, 0) + 0.5 * crossEntropy(3, 1)
        };
        assertEquals(Arrays.stream(each).sum() / 2, loss(SUM, soft()), 1e-6);
        NDList weighted = soft();
        weighted.add(manager.create(new float[] {0.5f, 1.5f, 2, 0}, new Shape(2, 2)));
        double all = 0.5 * each[0] + 1.5 * each[1] + 2 * each[2];
        assertEquals(all / 4, loss(MEAN, weighted), 1e-6);
    }

    @Test
    void lossOfMeanLogits() {
        NDList shared = new NDList(manager.create(new long[] {1, 2}));
        double[][] mean = {{0, 1, 0.5}, {1.25, -1, 0.5}};
        double expected = 0;
        int[] labels = {1, 2};
        for (int row = 0; row < 2; row++) {
            double sum = Arrays.stream(mean[row]).map(Math::exp).sum();
            expected += (Math.log(sum) - mean[row][labels[row]]) / 2;
        }
        assertEquals(expected, loss(new MeanLogitsLoss(), shared), 1e-6);
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        NDList weighted = own();
        weighted.add(manager.create(new float[] {0.3f, 1.7f, 1, 1}, new Shape(2, 2)));
        NDList shared = new NDList(manager.create(new long[] {1, 2}));
        checkGradient(SUM, own());
        checkGradient(MEAN, own());
        checkGradient(SUM, weighted);
        checkGradient(MEAN, shared);
        checkGradient(MEAN, soft());
        checkGradient(new MeanLogitsLoss(), shared);
    }

    private void checkGradient(Loss loss, NDList labels) {
        NDArray logits = manager.create(VALUES, LOGITS);
        logits.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss.evaluate(labels, new NDList(logits)));
        }
        float[] gradient = logits.getGradient().toFloatArray();
        float step = 1e-2f;
        for (int i = 0; i < VALUES.length; i++) {
            float[] up = VALUES.clone();
            float[] down = VALUES.clone();
            up[i] += step;
            down[i] -= step;
            float high = loss.evaluate(labels, new NDList(manager.create(up, LOGITS))).getFloat();
            float low = loss.evaluate(labels, new NDList(manager.create(down, LOGITS))).getFloat();
            assertEquals((high - low) / (2 * step), gradient[i], 2e-4, loss + " at " + i);
        }
    }

    @Test
    void refusesShapesThatDoNotFit() {
        NDList three = new NDList(manager.create(new long[] {0, 1, 2}));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> loss(SUM, three));
        assertTrue(e.getMessage().contains("Labels must be (2) or (2, 2)"), e.getMessage());
        NDList flat = new NDList(manager.create(new float[6], new Shape(2, 3)));
        assertThrows(IllegalArgumentException.class, () -> SUM.evaluate(own(), flat));
    }
}
