/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Learning rates by the definitions of PyTorch's schedulers, worked out by hand. */
class ScheduleTest {

    /** Five updates in each of two epochs. */
    private static void assertFactor(double expected, Schedule schedule, long update) {
        assertEquals(expected, schedule.getFactor(update, 5, 2), 1e-9, "update " + update);
    }

    @Test
    void multiStepChangesAtTheStartOfEpochs() {
        Schedule schedule = Schedule.multiStep(0.1, 1, 3);
        assertFactor(1, schedule, 4);
        assertFactor(0.1, schedule, 5);
        assertFactor(0.1, schedule, 14);
        assertFactor(0.01, schedule, 15);
    }

    @Test
    void cosineEndsAtItsMinimum() {
        Schedule schedule = Schedule.cosine(0.1);
        assertFactor(1, schedule, 0);
        assertFactor(0.55, schedule, 5);
        assertFactor(0.1 + 0.9 * (1 + Math.cos(0.9 * Math.PI)) / 2, schedule, 9);
        assertFactor(0.1, schedule, 10);
    }

    /** Equation 2 of the paper, where updates are counted from 1. */
    @Test
    void cyclesFallFromTheWholeRateEachTime() {
        for (int cycles = 1; cycles <= 4; cycles++) {
            Schedule schedule = Schedule.cosineCycles(cycles);
            double length = Math.ceil(10.0 / cycles);
            for (int t = 1; t <= 10; t++) {
                double expected = (Math.cos(Math.PI * ((t - 1) % length) / length) + 1) / 2;
                assertFactor(expected, schedule, t - 1);
            }
        }
        assertFactor(1, Schedule.cosineCycles(2), 5);
        assertFactor(0.0954915028125263, Schedule.cosineCycles(2), 9); // (1 + cos 4/5 pi) / 2
    }

    @Test
    void oneCycleRisesAndFalls() {
        Schedule schedule = Schedule.oneCycle();
        assertFactor(0.04, schedule, 0);
        assertFactor(0.52, schedule, 1);
        assertFactor(1, schedule, 2);
        assertFactor(4e-6 + (1 - 4e-6) * (1 + Math.cos(3 * Math.PI / 7)) / 2, schedule, 5);
        assertFactor(4e-6, schedule, 9);
    }

    @Test
    void warmUpMultipliesWhatFollows() {
        Schedule schedule = Schedule.multiStep(0.5, 0).withWarmUp(0.8, 0.2);
        assertFactor(0.1, schedule, 0);
        assertFactor(0.2, schedule, 1);
        assertFactor(0.5, schedule, 4);
        assertFactor(0.5, schedule, 9);
    }

    @Test
    void linearFallsByTheSameEachUpdate() {
        Schedule schedule = Schedule.linear(0.2);
        assertFactor(1, schedule, 0);
        assertFactor(0.92, schedule, 1);
        assertFactor(0.28, schedule, 9);
        assertFactor(0.2, schedule, 12);
    }

    @Test
    void exponentialFallsBeforeEachEpoch() {
        Schedule schedule = Schedule.exponential(0.9);
        assertFactor(1, schedule, 4);
        assertFactor(0.9, schedule, 5);
        assertFactor(0.81, schedule, 10);
    }

    @Test
    void epochsMayHaveRatesOfTheirOwn() {
        double[] rates = {0.3, 0.7};
        Schedule schedule = Schedule.ofEpochs(epoch -> rates[epoch]);
        assertFactor(0.3, schedule, 0);
        assertFactor(0.3, schedule, 4);
        assertFactor(0.7, schedule, 5);
        assertFactor(0.7, schedule, 9);
    }

    @Test
    void stepsOfAnEpochHoldTheRateOfItsFirstUpdate() {
        Schedule schedule = Schedule.cosine(0).byEpoch();
        assertFactor(1, schedule, 4);
        assertFactor(0.5, schedule, 5);
        assertFactor(0.5, schedule, 9);
        assertEquals("half a cosine down to 0.0, in steps of an epoch", schedule.toString());
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> Schedule.multiStep(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1.5));
        assertThrows(IllegalArgumentException.class, () -> Schedule.linear(-0.1));
        assertThrows(IllegalArgumentException.class, () -> Schedule.exponential(1.1));
        assertThrows(IllegalArgumentException.class, () -> Schedule.exponential(0));
        assertThrows(IllegalArgumentException.class, () -> Schedule.cosineCycles(0));
        for (int[] milestones : new int[][] {{3, 1}, {3, 3}, {-1, 2}}) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Schedule.multiStep(0.1, milestones));
            assertEquals(
                    "The milestones must be at least 0, each above the last, but were "
                            + Arrays.toString(milestones),
                    e.getMessage());
        }
        Schedule constant = Schedule.constant();
        assertThrows(IllegalArgumentException.class, () -> constant.withWarmUp(0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> constant.withWarmUp(1, Double.NaN));
    }
}
