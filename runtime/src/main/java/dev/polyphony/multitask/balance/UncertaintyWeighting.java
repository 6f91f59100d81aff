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
 * Weighs each task by the noise that is learnt for it: {@code L = sum_i a_i exp(-s_i) L_i + b_i
 * s_i}, where {@code s_i = log sigma_i^2} is learnt with the network.
 *
 * <p>The paper's factors follow from the likelihood of each loss: {@code a = 1, b = 1/2} for
 * cross-entropies (its equation 10), {@code a = b = 1/2} for squared errors (equation 5), and, of a
 * Laplace distribution with the scale {@code exp(s)}, {@code a = b = 1} for absolute errors. Many
 * tutorials and libraries have the same factors for all tasks: {@link #equal}. For a loss that
 * stands still, {@code s_i} tends to {@code log(a_i L_i / b_i)}, so that each task's part of the
 * sum tends to {@code b_i}.
 *
 * <p>The gradient {@code dL/ds_i = b_i - a_i exp(-s_i) L_i} is taken by Adam, at a rate of its own,
 * without weight decay. The total loss may become negative.
 *
 * @see <a href="https://arxiv.org/abs/1705.07115">Kendall, Gal and Cipolla, Multi-Task Learning
 *     Using Uncertainty to Weigh Losses for Scene Geometry and Semantics, CVPR 2018</a>
 */
public final class UncertaintyWeighting implements Balance {

    /** No noise is told apart from none beyond it, and weights stay numbers. */
    private static final double LARGEST = 10;

    private static final double RATE = 0.01;

    private final double losses;
    private final double regularizers;
    private final double rate;
    private final double start;

    private UncertaintyWeighting(double losses, double regularizers, double rate, double start) {
        this.losses = losses;
        this.regularizers = regularizers;
        this.rate = rate;
        this.start = start;
    }

    /**
     * Returns the weighting of the paper.
     *
     * @return the weighting, with {@code s_i = 0} at first and Adam at 0.01
     */
    public static UncertaintyWeighting kendall() {
        return new UncertaintyWeighting(Double.NaN, Double.NaN, RATE, 0);
    }

    /**
     * Returns a weighting with the same factors for all tasks: {@code equal(1, 1)} is {@code
     * exp(-s) L + s}, {@code equal(0.5, 0.5)} is {@code (exp(-s) L + s) / 2}.
     *
     * @param a the factor of the losses, above 0
     * @param b the factor of the regularizers, above 0
     * @return the weighting, with {@code s_i = 0} at first and Adam at 0.01
     */
    public static UncertaintyWeighting equal(double a, double b) {
        Checks.require("factor of the losses", a, a > 0, "above 0");
        Checks.require("factor of the regularizers", b, b > 0, "above 0");
        return new UncertaintyWeighting(a, b, RATE, 0);
    }

    /**
     * Returns the same weighting with another learning rate of {@code s}.
     *
     * @param rate Adam's learning rate, above 0
     * @return the weighting
     */
    public UncertaintyWeighting withLearningRate(double rate) {
        Checks.require("learning rate of the weights", rate, rate > 0, "above 0");
        return new UncertaintyWeighting(losses, regularizers, rate, start);
    }

    /**
     * Returns the same weighting with another start.
     *
     * @param start {@code s_i} at first, from -10 to 10
     * @return the weighting
     */
    public UncertaintyWeighting withStart(double start) {
        Checks.require("first log variance", start, Math.abs(start) <= LARGEST, "from -10 to 10");
        return new UncertaintyWeighting(losses, regularizers, rate, start);
    }

    /** {@inheritDoc} */
    @Override
    public Balancer begin(List<TaskLoss> tasks) {
        double[] a = new double[tasks.size()];
        double[] b = new double[tasks.size()];
        for (int i = 0; i < a.length; i++) {
            a[i] = Double.isNaN(losses) ? lossFactor(tasks.get(i)) : losses;
            b[i] = Double.isNaN(regularizers) ? regularizerFactor(tasks.get(i)) : regularizers;
        }
        return new Learnt(a, b, rate, start);
    }

    private static double lossFactor(TaskLoss loss) {
        return switch (loss) {
            case SQUARED_ERROR -> 0.5;
            case DEFAULT, CROSS_ENTROPY, BINARY_CROSS_ENTROPY, ABSOLUTE_ERROR, HUBER -> 1;
        };
    }

    private static double regularizerFactor(TaskLoss loss) {
        return loss == TaskLoss.ABSOLUTE_ERROR ? 1 : 0.5;
    }

    /** The log variances, as they are learnt. */
    static final class Learnt implements Balancer {

        private final double[] a;
        private final double[] b;
        private final double[] s;
        private final ScalarAdam optimizer;

        Learnt(double[] a, double[] b, double rate, double start) {
            this.a = a;
            this.b = b;
            s = new double[a.length];
            Arrays.fill(s, start);
            optimizer = new ScalarAdam(rate, s.length);
        }

        @Override
        public double[] getWeights() {
            double[] weights = new double[s.length];
            for (int i = 0; i < s.length; i++) {
                weights[i] = a[i] * Math.exp(-s[i]);
            }
            return weights;
        }

        @Override
        public double getRegularizer() {
            double sum = 0;
            for (int i = 0; i < s.length; i++) {
                sum += b[i] * s[i];
            }
            return sum;
        }

        /** The gradient of the whole loss by the log variance of a task. */
        double gradient(int i, double loss) {
            return b[i] - a[i] * Math.exp(-s[i]) * loss;
        }

        @Override
        public double[] getState() {
            StateWriter state = new StateWriter().add(s);
            optimizer.save(state);
            return state.get();
        }

        @Override
        public void setState(double... state) {
            StateReader in = new StateReader(state);
            in.read(s);
            optimizer.load(in);
        }

        /** The log variances. */
        double[] logVariances() {
            return s.clone();
        }

        @Override
        public void onStep(double[] losses, double[] gradientNorms) {
            for (int i = 0; i < s.length; i++) {
                if (!Double.isNaN(losses[i])) {
                    double next = optimizer.update(i, s[i], gradient(i, losses[i]));
                    s[i] = Math.max(-LARGEST, Math.min(next, LARGEST));
                }
            }
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "uncertainty weighting"
                + (Double.isNaN(losses) ? "" : " (%s, %s)".formatted(losses, regularizers))
                + (rate == RATE ? "" : ", rate " + rate)
                + (start == 0 ? "" : ", start " + start);
    }
}
