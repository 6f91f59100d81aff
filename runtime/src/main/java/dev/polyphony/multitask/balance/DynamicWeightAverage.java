/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

import dev.polyphony.TaskLoss;
import dev.polyphony.checks.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * Gives more weight to tasks whose losses fall slowly: {@code w_i = K softmax_i(r_i / T)} with
 * {@code r_i = L_i(t - 1) / L_i(t - 2)}, of the mean losses of the last two epochs, {@code K} tasks
 * and a temperature {@code T}. In the first two epochs all weights are 1.
 *
 * @see <a href="https://arxiv.org/abs/1803.10704">Liu, Johns and Davison, End-to-End Multi-Task
 *     Learning with Attention, CVPR 2019, equation 7</a>
 */
public final class DynamicWeightAverage implements Balance {

    private final double temperature;

    DynamicWeightAverage() {
        this(2);
    }

    private DynamicWeightAverage(double temperature) {
        this.temperature = temperature;
    }

    /**
     * Returns the same balance with another temperature.
     *
     * @param temperature how even weights are, above 0; 2 if it is not set
     * @return the balance
     */
    public DynamicWeightAverage withTemperature(double temperature) {
        Checks.require("temperature", temperature, temperature > 0, "above 0");
        return new DynamicWeightAverage(temperature);
    }

    /** {@inheritDoc} */
    @Override
    public Balancer begin(List<TaskLoss> losses) {
        return new Averages(losses.size(), temperature);
    }

    private static final class Averages implements Balancer {

        private final double temperature;
        private double[] weights;
        private double[] last;

        Averages(int tasks, double temperature) {
            this.temperature = temperature;
            weights = new double[tasks];
            Arrays.fill(weights, 1);
        }

        @Override
        public double[] getWeights() {
            return weights.clone();
        }

        @Override
        public void onEpoch(double[] losses) {
            if (last != null) {
                double[] ratios = new double[losses.length];
                for (int i = 0; i < ratios.length; i++) {
                    double ratio = losses[i] / last[i];
                    // without a part in both epochs, and from a loss of 0, a task counts as still
                    ratios[i] = Double.isFinite(ratio) ? ratio : 1;
                }
                weights = softmax(ratios);
            }
            last = losses.clone();
        }

        @Override
        public double[] getState() {
            return new StateWriter().add(weights).addIfKnown(last).get();
        }

        @Override
        public void setState(double... state) {
            StateReader in = new StateReader(state);
            in.read(weights);
            last = in.readIfKnown(weights.length);
        }

        private double[] softmax(double[] ratios) {
            double largest = Arrays.stream(ratios).max().orElseThrow();
            double[] parts = new double[ratios.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = Math.exp((ratios[i] - largest) / temperature);
            }
            double sum = Arrays.stream(parts).sum();
            for (int i = 0; i < parts.length; i++) {
                parts[i] *= parts.length / sum;
            }
            return parts;
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "dynamic weight averaging, temperature " + temperature;
    }
}
