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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The losses of several labels and of numbers, against their formulas in double precision. */
class MemberTargetLossTest {

    private static final Shape EACH = new Shape(2, 2, 3);
    private static final double[] GIVEN = {1, 2, 0, -1, 0.25, 1, 0.5, 30, -40, 2, -2, 1};
    private static final double[] TARGETS = {1, 0, 1, 0, 0.75, 1, 0, 1, 0, 1, 0, 0.25};
    private static final double[] WEIGHTS = {0.5, 2, 1, 0};

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** The kinds of loss, with what they come to for one number. */
    enum Kind {
        BINARY {
            @Override
            Loss loss(Reduction reduction) {
                return new BinaryMemberLoss(reduction);
            }

            @Override
            double of(double z, double t) {
                double p = 1 / (1 + Math.exp(-z));
                double q = 1 / (1 + Math.exp(z));
                return -t * Math.log(p) - (1 - t) * Math.log(q);
            }
        },
        SQUARED {
            @Override
            Loss loss(Reduction reduction) {
                return new SquaredMemberLoss(reduction);
            }

            @Override
            double of(double y, double t) {
                return (y - t) * (y - t);
            }
        };

        abstract Loss loss(Reduction reduction);

        abstract double of(double given, double target);

        /** The mean over targets, weighted, reduced over members, averaged over the batch. */
        double expected(double[] given, double[] weights, Reduction reduction) {
            double sum = 0;
            for (int at = 0; at < given.length; at++) {
                sum += weights[at / 3] * of(given[at], TARGETS[at]) / 3;
            }
            return reduction == Reduction.SUM ? sum / 2 : sum / 4;
        }
    }

    private NDArray array(double[] values, Shape shape) {
        return manager.create(floats(values), shape);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @ParameterizedTest
    @CsvSource({"BINARY,SUM", "BINARY,MEAN", "SQUARED,SUM", "SQUARED,MEAN"})
    void valuesAndGradientsAreThoseOfTheFormula(Kind kind, Reduction reduction) {
        NDArray given = array(GIVEN, EACH);
        given.setRequiresGradient(true);
        NDList labels = new NDList(array(TARGETS, EACH), array(WEIGHTS, new Shape(2, 2)));
        NDArray loss;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            loss = kind.loss(reduction).evaluate(labels, new NDList(given));
            collector.backward(loss);
        }
        double expected = kind.expected(GIVEN, WEIGHTS, reduction);
        assertEquals(expected, loss.getFloat(), 1e-6 * Math.abs(expected));
        float[] gradient = given.getGradient().toFloatArray();
        for (int at = 0; at < gradient.length; at++) {
            double step = 1e-5;
            double[] up = GIVEN.clone();
            up[at] += step;
            double[] down = GIVEN.clone();
            down[at] -= step;
            double difference =
                    (kind.expected(up, WEIGHTS, reduction)
                                    - kind.expected(down, WEIGHTS, reduction))
                            / (2 * step);
            assertEquals(difference, gradient[at], 1e-5 * (1 + Math.abs(difference)), "at " + at);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void sharedTargetsAreThoseOfEachMember(Kind kind) {
        NDArray given = array(GIVEN, EACH);
        NDArray shared = array(new double[] {1, 0, 1, 0, 1, 0.5}, new Shape(2, 3));
        double[] each = {1, 0, 1, 1, 0, 1, 0, 1, 0.5, 0, 1, 0.5};
        Loss loss = kind.loss(Reduction.MEAN);
        assertEquals(
                loss.evaluate(new NDList(array(each, EACH)), new NDList(given)).getFloat(),
                loss.evaluate(new NDList(shared), new NDList(given)).getFloat());
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Loss loss = new SquaredMemberLoss(Reduction.SUM);
        NDList given = new NDList(array(GIVEN, EACH));
        IllegalArgumentException targets =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> loss.evaluate(new NDList(manager.ones(new Shape(2, 2))), given));
        assertTrue(
                targets.getMessage().startsWith("Targets must be (2, 3) or (2, 2, 3)"),
                targets.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        loss.evaluate(
                                new NDList(manager.ones(new Shape(2, 3))),
                                new NDList(manager.ones(new Shape(2, 3)))));
    }
}
