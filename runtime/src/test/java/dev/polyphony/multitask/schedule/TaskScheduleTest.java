/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.polyphony.multitask.schedule.TaskSchedule.Moment;
import dev.polyphony.multitask.schedule.TaskSchedule.Turns;
import org.junit.jupiter.api.Test;

class TaskScheduleTest {

    private static double[] at(Turns turns, long step) {
        return turns.getFactors(new Moment(step, 0, 0));
    }

    @Test
    void jointTrainsAll() {
        assertArrayEquals(new double[] {1, 1, 1}, at(TaskSchedule.joint().begin(3, 0), 17));
    }

    @Test
    void tasksTakeTurns() {
        Turns turns = TaskSchedule.alternating(2).begin(3, 0);
        int[] expected = {0, 0, 1, 1, 2, 2, 0, 0, 1};
        for (int step = 0; step < expected.length; step++) {
            double[] factors = new double[3];
            factors[expected[step]] = 1;
            assertArrayEquals(factors, at(turns, step));
        }
    }

    @Test
    void tasksAreDrawnByTheirShares() {
        Turns turns = TaskSchedule.drawn(3, 1).begin(2, 11);
        double first = 0;
        for (int step = 0; step < 4000; step++) {
            double[] factors = at(turns, step);
            assertEquals(1, factors[0] + factors[1]);
            first += factors[0];
            assertArrayEquals(
                    factors, at(turns, step), "a step has its task, whenever it is asked");
        }
        // three standard deviations of a binomial share
        assertEquals(0.75, first / 4000, 3 * Math.sqrt(0.75 * 0.25 / 4000));
        assertThrows(IllegalArgumentException.class, () -> TaskSchedule.drawn(1, 1).begin(3, 0));
    }

    @Test
    void theWeakestTaskHasAFocus() {
        Turns turns = TaskSchedule.focus(10, 3, Double.POSITIVE_INFINITY).begin(2, 0);
        for (int step = 0; step < 10; step++) {
            assertArrayEquals(new double[] {1, 1}, at(turns, step));
            // the second falls to a half, the first hardly
            turns.onStep(step == 0 ? 1 : 0.9, step == 0 ? 4 : 2);
        }
        for (int step = 10; step < 20; step++) {
            boolean isFocus = step < 13;
            assertArrayEquals(new double[] {1, isFocus ? 0 : 1}, at(turns, step));
            turns.onStep(0.1, isFocus ? Double.NaN : 2);
        }
        assertArrayEquals(new double[] {0, 1}, at(turns, 20));
    }

    @Test
    void aFocusMayBeAWeight() {
        Turns turns = TaskSchedule.focus(2, 1, 5).begin(2, 0);
        at(turns, 0);
        turns.onStep(1, 1);
        at(turns, 1);
        turns.onStep(0.5, 1);
        assertArrayEquals(new double[] {1, 5}, at(turns, 2));
        turns.onStep(0.5, 1);
        assertArrayEquals(new double[] {1, 1}, at(turns, 3));
    }

    @Test
    void tasksAreBlendedIn() {
        Turns turns = TaskSchedule.staggered(2, 0, 3).begin(2, 0);
        assertArrayEquals(new double[] {1, 0}, turns.getFactors(new Moment(0, 2, 0.9)));
        assertArrayEquals(new double[] {1, 0.25}, turns.getFactors(new Moment(0, 3, 0.5)), 1e-12);
        assertArrayEquals(new double[] {1, 1}, turns.getFactors(new Moment(0, 5, 0)));
        Turns sudden = TaskSchedule.staggered(0, 0, 3).begin(2, 0);
        assertArrayEquals(new double[] {1, 0}, sudden.getFactors(new Moment(0, 2, 0.99)));
        assertArrayEquals(new double[] {1, 1}, sudden.getFactors(new Moment(0, 3, 0)));
        assertThrows(IllegalArgumentException.class, () -> TaskSchedule.staggered(1, 1, 2));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> TaskSchedule.alternating(0));
        assertThrows(IllegalArgumentException.class, () -> TaskSchedule.focus(3, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> TaskSchedule.focus(3, 1, 1));
    }

    @Test
    void pacingsGrowToAll() {
        Pacing linear = Pacing.linear(0.2, 0.5);
        assertEquals(0.2, linear.getShare(0), 1e-12);
        assertEquals(0.6, linear.getShare(0.25), 1e-12);
        assertEquals(1, linear.getShare(0.7), 1e-12);
        Pacing root = Pacing.root(0.6, 1);
        assertEquals(0.6, root.getShare(0), 1e-12);
        assertEquals(Math.sqrt(0.36 + 0.64 * 0.5), root.getShare(0.5), 1e-12);
        assertEquals(1, root.getShare(1), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Pacing.linear(0, 1));
    }

    @Test
    void curriculaShowTheEasiestFirst() {
        double[] scores = {5, 1, 3, 1, 4};
        Curriculum byScore = Curriculum.byScore(scores, Pacing.linear(0.5, 1));
        assertArrayEquals(new int[] {1, 3, 2}, byScore.getExamples(0, null));
        assertArrayEquals(new int[] {1, 3, 2, 4, 0}, byScore.getExamples(1, null));
        Curriculum byLoss = Curriculum.byLoss(Pacing.linear(0.1, 1));
        assertArrayEquals(new int[] {4, 0}, byLoss.getExamples(0, new double[] {2, 9, 3, 3, 0.5}));
        assertThrows(IllegalArgumentException.class, () -> byScore.require(6));
    }
}
