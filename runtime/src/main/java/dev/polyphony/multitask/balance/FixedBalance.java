/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

import dev.polyphony.TaskLoss;
import java.util.Arrays;
import java.util.List;

/** All losses as they are. */
final class FixedBalance implements Balance {

    @Override
    public Balancer begin(List<TaskLoss> losses) {
        return new Ones(losses.size());
    }

    /** The same weights at all times. */
    private record Ones(int tasks) implements Balancer {

        @Override
        public double[] getWeights() {
            double[] ones = new double[tasks];
            Arrays.fill(ones, 1);
            return ones;
        }

        @Override
        public double[] getState() {
            return new double[0];
        }
    }

    @Override
    public String toString() {
        return "fixed weights";
    }
}
