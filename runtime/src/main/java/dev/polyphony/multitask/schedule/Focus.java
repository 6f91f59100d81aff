/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import java.util.Arrays;

/**
 * Favours the weakest task from time to time.
 *
 * @param period the steps from one focus to the next
 * @param length the steps of a focus
 * @param factor what the loss is multiplied by; infinity for the task alone
 */
record Focus(int period, int length, double factor) implements TaskSchedule {

    /** What an average keeps from step to step. */
    private static final double KEPT = 0.95;

    @Override
    public Turns begin(int tasks, long seed) {
        return new Weakest(tasks);
    }

    private final class Weakest implements Turns {

        private final double[] first;
        private final double[] average;
        private int weakest;

        Weakest(int tasks) {
            first = new double[tasks];
            average = new double[tasks];
            Arrays.fill(first, Double.NaN);
        }

        /** The first steps train all: only then does one know. */
        @Override
        public double[] getFactors(Moment moment) {
            long place = moment.step() % period;
            boolean knows = Arrays.stream(first).noneMatch(Double::isNaN);
            if (moment.step() < period || place >= length || !knows) {
                return Joint.ones(first.length);
            }
            if (place == 0) {
                weakest = findWeakest();
            }
            if (Double.isInfinite(factor)) {
                return Joint.one(first.length, weakest);
            }
            double[] factors = Joint.ones(first.length);
            factors[weakest] = factor;
            return factors;
        }

        private int findWeakest() {
            int found = 0;
            for (int i = 1; i < first.length; i++) {
                if (average[i] / first[i] > average[found] / first[found]) {
                    found = i;
                }
            }
            return found;
        }

        @Override
        public double[] getState() {
            double[] state = Arrays.copyOf(first, 2 * first.length + 1);
            System.arraycopy(average, 0, state, first.length, average.length);
            state[2 * first.length] = weakest;
            return state;
        }

        @Override
        public void setState(double... state) {
            System.arraycopy(state, 0, first, 0, first.length);
            System.arraycopy(state, first.length, average, 0, average.length);
            weakest = (int) state[2 * first.length];
        }

        @Override
        public void onStep(double... losses) {
            for (int i = 0; i < losses.length; i++) {
                if (Double.isNaN(losses[i])) {
                    continue;
                }
                if (Double.isNaN(first[i])) {
                    first[i] = losses[i];
                    average[i] = losses[i];
                } else {
                    average[i] = KEPT * average[i] + (1 - KEPT) * losses[i];
                }
            }
        }
    }

    @Override
    public String toString() {
        String how = Double.isInfinite(factor) ? "alone" : "with " + factor + " times its weight";
        return "of each %d steps %d train the weakest task %s".formatted(period, length, how);
    }
}
