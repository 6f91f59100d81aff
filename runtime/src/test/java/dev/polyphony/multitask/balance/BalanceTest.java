/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.TaskLoss;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trajectories of weights are those that numpy computes from the papers' formulas. */
class BalanceTest {

    private static final List<TaskLoss> TASKS =
            List.of(TaskLoss.CROSS_ENTROPY, TaskLoss.SQUARED_ERROR);

    private static final double[][] LOSSES = {{2.3, 0.8}, {1.9, 0.5}, {1.2, 0.45}, {0.7, 0.4}};

    private static final double[][] NORMS = {{3.0, 1.0}, {2.5, 1.2}, {2.0, 1.1}, {1.5, 1.3}};

    @Test
    void fixedWeightsAreOnes() {
        Balancer balancer = Balance.fixed().begin(TASKS);
        balancer.onStep(LOSSES[0], null);
        balancer.onEpoch(LOSSES[0]);
        assertArrayEquals(new double[] {1, 1}, balancer.getWeights());
    }

    @Test
    void uncertaintyWeightsAreThoseOfNumpy() {
        UncertaintyWeighting.Learnt balancer =
                (UncertaintyWeighting.Learnt) UncertaintyWeighting.kendall().begin(TASKS);
        assertArrayEquals(new double[] {1, 0.5}, balancer.getWeights());
        for (double[] losses : LOSSES) {
            balancer.onStep(losses, null);
        }
        assertArrayEquals(
                new double[] {0.036856502105, -0.038875885011}, balancer.logVariances(), 1e-11);
        assertArrayEquals(
                new double[] {0.963814430768, 0.519820720278}, balancer.getWeights(), 1e-11);
    }

    /** The derivative of the whole loss by each log variance, by central differences. */
    @Test
    void uncertaintyGradientsAreThoseOfTheLoss() {
        double[] losses = {1.7, 0.3};
        double h = 1e-5;
        for (UncertaintyWeighting weighting :
                List.of(
                        UncertaintyWeighting.kendall(),
                        UncertaintyWeighting.equal(1, 1),
                        UncertaintyWeighting.equal(0.5, 0.5))) {
            for (double s : new double[] {-1, 0, 2.5}) {
                double above = total(weighting.withStart(s + h), losses);
                double below = total(weighting.withStart(s - h), losses);
                UncertaintyWeighting.Learnt at =
                        (UncertaintyWeighting.Learnt) weighting.withStart(s).begin(TASKS);
                assertEquals(
                        (above - below) / (2 * h),
                        at.gradient(0, losses[0]) + at.gradient(1, losses[1]),
                        1e-8);
            }
        }
    }

    private static double total(UncertaintyWeighting weighting, double[] losses) {
        Balancer balancer = weighting.begin(TASKS);
        double[] weights = balancer.getWeights();
        return weights[0] * losses[0] + weights[1] * losses[1] + balancer.getRegularizer();
    }

    @Test
    void logVariancesTendToThatOfTheLoss() {
        Balancer balancer = UncertaintyWeighting.equal(1, 1).begin(TASKS);
        for (int i = 0; i < 2000; i++) {
            balancer.onStep(new double[] {0.5, Double.NaN}, null);
        }
        double[] weights = balancer.getWeights();
        assertEquals(1 / 0.5, weights[0], 1e-3);
        assertEquals(1, weights[1], "a task without a part in the steps stays");
    }

    @Test
    void absoluteErrorsHaveTheFactorsOfLaplace() {
        Balancer balancer =
                UncertaintyWeighting.kendall()
                        .withStart(1)
                        .begin(List.of(TaskLoss.ABSOLUTE_ERROR, TaskLoss.SQUARED_ERROR));
        assertArrayEquals(
                new double[] {Math.exp(-1), Math.exp(-1) / 2}, balancer.getWeights(), 1e-12);
        assertEquals(1.5, balancer.getRegularizer(), 1e-12);
    }

    @Test
    void gradNormWeightsAreThoseOfNumpy() {
        Balancer balancer = Balance.gradNorm().begin(TASKS);
        double[][] expected = {
            {0.975000000165, 1.024999999835},
            {0.950108562794, 1.049891437206},
            {0.925465568342, 1.074534431658},
            {0.901207674456, 1.098792325544}
        };
        for (int i = 0; i < LOSSES.length; i++) {
            balancer.onStep(LOSSES[i], NORMS[i]);
            assertArrayEquals(expected[i], balancer.getWeights(), 1e-11);
        }
    }

    /** Central differences of the sum of distances, whose targets count as constants. */
    @Test
    void gradNormGradientsAreThoseOfTheDistances() {
        GradNorm.Norms balancer = new GradNorm.Norms(2, 1.5, 0.025);
        balancer.onStep(LOSSES[0], NORMS[0]);
        double[] weights = balancer.getWeights();
        double[] norms = NORMS[1];
        double mean = (weights[0] * norms[0] + weights[1] * norms[1]) / 2;
        double[] ratios = {LOSSES[1][0] / LOSSES[0][0], LOSSES[1][1] / LOSSES[0][1]};
        double h = 1e-6;
        double[] gradients = balancer.gradients(LOSSES[1], norms);
        for (int i = 0; i < 2; i++) {
            double target = mean * Math.pow(2 * ratios[i] / (ratios[0] + ratios[1]), 1.5);
            double above = Math.abs((weights[i] + h) * norms[i] - target);
            double below = Math.abs((weights[i] - h) * norms[i] - target);
            assertEquals((above - below) / (2 * h), gradients[i], 1e-6);
        }
    }

    @Test
    void gradNormEvensGradientsOut() {
        Balancer balancer = Balance.gradNorm().withAlpha(0).begin(TASKS);
        for (int i = 0; i < 500; i++) {
            balancer.onStep(new double[] {1, 1}, new double[] {4, 1});
        }
        double[] weights = balancer.getWeights();
        assertEquals(4 * weights[0], weights[1], 0.2);
        assertEquals(2, weights[0] + weights[1], 1e-9);
    }

    @Test
    void gradNormRefusesALossThatCannotFall() {
        Balancer balancer = Balance.gradNorm().begin(TASKS);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> balancer.onStep(new double[] {1, 0}, NORMS[0]))
                        .getMessage();
        assertTrue(message.contains("task 1 was 0.0"), message);
    }

    @Test
    void dynamicWeightsAreThoseOfNumpy() {
        Balancer balancer =
                Balance.dynamicWeightAverage()
                        .begin(
                                List.of(
                                        TaskLoss.CROSS_ENTROPY,
                                        TaskLoss.CROSS_ENTROPY,
                                        TaskLoss.SQUARED_ERROR));
        balancer.onEpoch(new double[] {2.0, 1.0, 4.0});
        assertArrayEquals(new double[] {1, 1, 1}, balancer.getWeights());
        balancer.onEpoch(new double[] {1.0, 0.9, 3.0});
        assertArrayEquals(
                new double[] {0.894307408383, 1.092309535242, 1.013383056375},
                balancer.getWeights(),
                1e-11);
        balancer.onEpoch(new double[] {0.8, 0.45, 2.9});
        assertArrayEquals(
                new double[] {1.017773022227, 0.876005358421, 1.106221619352},
                balancer.getWeights(),
                1e-11);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> Balance.gradNorm().withAlpha(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Balance.dynamicWeightAverage().withTemperature(0));
        assertThrows(IllegalArgumentException.class, () -> UncertaintyWeighting.equal(0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> UncertaintyWeighting.kendall().withStart(Double.NaN));
    }
}
